/** What everything stands on: places, power, racks, networks and the lines to the outside. */
import type { RecordId } from '@muster/domain/shared';
import { needs } from './plan.ts';
import type { MapPlan } from './plan.ts';

const RACKS_A_CENTRE = 8;
const SWITCHES_A_FLOOR = 2;
const POINTS_A_FLOOR = 4;

export interface Centre {
  readonly place: RecordId;
  readonly racks: readonly Rack[];
}

export interface Rack {
  readonly id: RecordId;
  readonly feeds: readonly RecordId[];
  readonly top: RecordId;
}

export interface Ground {
  readonly centres: readonly Centre[];
  readonly floors: readonly RecordId[];
  /** Of each site: what its people reach the rest of the world by. */
  readonly routers: readonly RecordId[];
  readonly firewalls: RecordId;
  readonly wireless: readonly RecordId[];
  readonly warehouse: readonly RecordId[];
  readonly lines: readonly RecordId[];
}

const SITES = [
  { name: 'Head office', floors: 5, code: 'hq' },
  { name: 'Warehouse', floors: 2, code: 'wh' },
  { name: 'Sales office', floors: 1, code: 'so' },
] as const;

const PROVIDERS = ['Northline', 'Metrofibre', 'Kabelweg'] as const;

export function layGround(plan: MapPlan): Ground {
  const lines = PROVIDERS.map((provider, at) =>
    plan.item('circuit', `Line ${at + 1} (${provider})`, 'Network', { attributes: { provider } }),
  );
  const centres = ['Data centre north', 'Data centre south'].map((name, at) => centre(plan, name, at));
  const core = centres.map(({ racks }, at) => device(plan, `core-${at + 1}`, 'Nexus 9336', racks[0]));
  for (const [at, { racks }] of centres.entries())
    for (const { top } of racks) plan.relate(top, 'connects_to', plan.turn(core, at));
  const walls = centres.map(({ racks }, at) => device(plan, `firewall-${at + 1}`, 'PA-3220', racks[1]));
  for (const wall of walls) plan.relate(wall, 'connects_to', ...core);
  const firewalls = plan.item('cluster', 'Firewalls', 'Security', {
    ...{ criticality: 1, redundancy: needs('members', 1) },
  });
  plan.relate(firewalls, 'members', ...walls);
  return { centres, firewalls, lines, ...sites(plan, core, lines) };
}

function centre(plan: MapPlan, name: string, at: number): Centre {
  const place = plan.item('location', name, 'Platform');
  const letter = plan.turn(['N', 'S'], at);
  const feeds = ['A', 'B'].map((side) => {
    const model = 'Symmetra 40K';
    const attributes = { vendor: 'APC', model, serial: plan.serial(), warranty_until: plan.warranty() };
    return plan.item('power_feed', `Feed ${letter}-${side}`, 'Platform', { attributes });
  });
  plan.relate(place, 'contains', ...feeds);
  const racks = Array.from({ length: RACKS_A_CENTRE }, (_, place2): Rack => {
    const id = plan.item('rack', `Rack ${letter}${place2 + 1}`, 'Platform', {
      attributes: { units: 42, vendor: 'Rittal', serial: plan.serial() },
    });
    plan.relate(id, 'hosted_on', place);
    const top = device(plan, `tor-${letter.toLowerCase()}${place2 + 1}`, 'Nexus 93180', { id, feeds });
    return { id, feeds, top };
  });
  return { place, racks };
}

/** A device of the network, in a rack where there is one, on both feeds of it. */
function device(plan: MapPlan, name: string, model: string, rack?: Pick<Rack, 'id' | 'feeds'>): RecordId {
  const attributes = { vendor: 'Cisco', model, serial: plan.serial(), address: `${name}.net.muster.example` };
  const id = plan.item('network_device', name, 'Network', {
    ...{ attributes, redundancy: rack === undefined ? [] : needs('powered_by', 1) },
  });
  if (rack === undefined) return id;
  plan.relate(id, 'hosted_on', rack.id);
  plan.relate(id, 'powered_by', ...rack.feeds);
  return id;
}

function sites(
  plan: MapPlan,
  core: readonly RecordId[],
  lines: readonly RecordId[],
): Pick<Ground, 'floors' | 'routers' | 'wireless' | 'warehouse'> {
  const floors: RecordId[] = [];
  const wireless: RecordId[] = [];
  const warehouse: RecordId[] = [];
  const routers = SITES.map(({ name, floors: count, code }, at) => {
    const site = plan.item('location', name, 'Workplace');
    const router = device(plan, `router-${code}`, 'ISR 4451');
    plan.relate(router, 'hosted_on', site);
    plan.relate(router, 'connects_to', plan.turn(lines, at));
    // what is at the head office reaches the data centres by the firm's own fibre
    if (at === 0) plan.relate(router, 'connects_to', plan.turn(core, at));
    for (let floor = 1; floor <= count; floor += 1) {
      const storey = plan.item('location', `${name}, floor ${floor}`, 'Workplace');
      plan.relate(site, 'contains', storey);
      floors.push(storey);
      const switches = Array.from({ length: SWITCHES_A_FLOOR }, (_, place) => {
        const id = device(plan, `sw-${code}-${floor}${plan.turn(['a', 'b'], place)}`, 'Catalyst 9300');
        plan.relate(id, 'hosted_on', storey);
        plan.relate(id, 'connects_to', router);
        return id;
      });
      for (let place = 0; place < POINTS_A_FLOOR; place += 1) {
        const point = device(plan, `ap-${code}-${floor}${place + 1}`, 'Catalyst 9166');
        plan.relate(point, 'hosted_on', storey);
        plan.relate(point, 'connects_to', plan.turn(switches, place));
        (code === 'wh' ? warehouse : wireless).push(point);
      }
    }
    return router;
  });
  return { floors, routers, wireless, warehouse };
}
