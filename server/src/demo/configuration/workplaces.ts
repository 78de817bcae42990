/** What stands on desks: a laptop for everybody in a team, some in stock, and printers on every floor. */
import type { Cast } from '../people.ts';
import type { Ground } from './ground.ts';
import type { MapPlan } from './plan.ts';

const IN_STOCK = 6;
const PRINTERS_A_FLOOR = 2;
const LAPTOPS = ['Latitude 7440', 'ThinkPad T14', 'EliteBook 845'] as const;

export function handOutWorkplaces(plan: MapPlan, { floors }: Ground, cast: Cast): void {
  const owners = cast.teams.flatMap(({ members }) => members);
  for (const [at, owner] of [...owners, ...Array.from({ length: IN_STOCK }, () => null)].entries()) {
    const name = `laptop-${String(at + 1).padStart(3, '0')}`;
    const state = owner === null ? 'in_stock' : plan.random.chance(0.04) ? 'maintenance' : 'in_service';
    const id = plan.item('workplace', name, 'Workplace', {
      ...{ owner, state },
      attributes: {
        ...{ model: plan.random.pick(LAPTOPS), serial: plan.serial(), address: `${name}.muster.example` },
        warranty_until: plan.warranty(),
      },
    });
    plan.relate(id, 'hosted_on', plan.turn(floors, at));
  }
  for (const [at, floor] of floors.entries())
    for (let place = 1; place <= PRINTERS_A_FLOOR; place += 1) {
      const name = `printer-${at + 1}${place}`;
      const attributes = {
        model: 'Ricoh IM C4500',
        serial: plan.serial(),
        address: `${name}.muster.example`,
      };
      plan.relate(plan.item('workplace', name, 'Workplace', { attributes }), 'hosted_on', floor);
    }
}
