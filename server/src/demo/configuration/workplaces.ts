/** What people work at: a laptop each and some in stock; on every floor printers and a room to meet; scanners of the warehouse. */
import type { RecordId } from '@muster/domain/shared';
import type { Cast } from '../people.ts';
import type { Ground } from './ground.ts';
import type { MapPlan } from './plan.ts';

const IN_STOCK = 6;
const PRINTERS_A_FLOOR = 2;
const SCANNERS = 15;
const LAPTOPS = [
  { vendor: 'Dell', model: 'Latitude 7440' },
  { vendor: 'Lenovo', model: 'ThinkPad T14' },
  { vendor: 'HP', model: 'EliteBook 845' },
] as const;

export function handOutWorkplaces(plan: MapPlan, { floors, warehouse }: Ground, cast: Cast): void {
  const owners = cast.teams.flatMap(({ members }) => members);
  for (const [at, owner] of [...owners, ...Array.from({ length: IN_STOCK }, () => null)].entries()) {
    const name = `laptop-${String(at + 1).padStart(3, '0')}`;
    const state = owner === null ? 'in_stock' : plan.random.chance(0.04) ? 'maintenance' : 'in_service';
    const id = plan.item('workplace', name, 'Workplace', {
      ...{ owner, state },
      attributes: {
        ...{ ...plan.random.pick(LAPTOPS), serial: plan.serial(), address: `${name}.muster.example` },
        warranty_until: plan.warranty(),
      },
    });
    plan.relate(id, 'hosted_on', plan.turn(floors, at));
  }
  for (const [at, floor] of floors.entries()) {
    const room = device(plan, `meeting-${at + 1}`, 'Rally Bar');
    plan.relate(room, 'hosted_on', floor);
    for (let place = 1; place <= PRINTERS_A_FLOOR; place += 1) {
      const printer = device(plan, `printer-${at + 1}${place}`, 'Ricoh IM C4500');
      plan.relate(printer, 'hosted_on', floor);
    }
  }
  for (let at = 0; at < SCANNERS; at += 1) {
    const scanner = device(plan, `scanner-${String(at + 1).padStart(2, '0')}`, 'Zebra MC9400');
    plan.relate(scanner, 'connects_to', plan.turn(warehouse, at));
  }
}

/** What nobody owns alone: the team looks after it. */
function device(plan: MapPlan, name: string, model: string): RecordId {
  const attributes = { model, serial: plan.serial(), address: `${name}.muster.example` };
  return plan.item('workplace', name, 'Workplace', { attributes });
}
