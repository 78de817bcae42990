/** What services run on: servers in racks, storage, and clusters of virtual machines and containers. */
import type { RecordId } from '@muster/domain/shared';
import type { DemoTeamName } from '../organisation.ts';
import type { Ground, Rack } from './ground.ts';
import { needs } from './plan.ts';
import type { MapPlan } from './plan.ts';

const HOSTS = 12;
const DATABASE_HOSTS = 6;
const MODELS = ['PowerEdge R660', 'PowerEdge R760', 'ProLiant DL380'] as const;

export interface Machines {
  readonly virtual: RecordId;
  readonly containers: RecordId;
  readonly databaseHosts: readonly RecordId[];
  readonly storage: RecordId;
}

export function standMachines(plan: MapPlan, { centres }: Ground): Machines {
  // one after another in either data centre, so that either may fail
  const rackOf = (at: number): Rack => {
    const { racks: those } = plan.turn(centres, at);
    return plan.turn(those, 2 + Math.floor(at / centres.length));
  };
  const hosts = Array.from({ length: HOSTS }, (_, at) => server(plan, `esx-${two(at + 1)}`, 512, rackOf(at)));
  const virtual = plan.item('cluster', 'Hypervisors', 'Platform', {
    ...{ criticality: 1, redundancy: [{ relation: 'members', by: 'percent', minimum: 50 }] },
  });
  plan.relate(virtual, 'members', ...hosts);
  const arrays = centres.map(({ racks: those }, at) => {
    const id = plan.item('storage', `array-${at + 1}`, 'Platform', {
      attributes: {
        vendor: 'NetApp',
        model: 'AFF A400',
        serial: plan.serial(),
        warranty_until: plan.warranty(),
      },
      redundancy: needs('powered_by', 1),
    });
    const rack = plan.turn(those, 7);
    plan.relate(id, 'hosted_on', rack.id);
    plan.relate(id, 'powered_by', ...rack.feeds);
    plan.relate(id, 'connects_to', rack.top);
    return id;
  });
  const storage = plan.item('cluster', 'Mirrored storage', 'Platform', {
    ...{ criticality: 1, redundancy: needs('members', 1) },
  });
  plan.relate(storage, 'members', ...arrays);
  plan.relate(virtual, 'depends_on', storage);
  const workers = Array.from({ length: 6 }, (_, at) =>
    machine(plan, `node-${two(at + 1)}`, 'Platform', virtual),
  );
  const containers = plan.item('cluster', 'Container nodes', 'Platform', {
    ...{ criticality: 2, redundancy: needs('members', 4) },
  });
  plan.relate(containers, 'members', ...workers);
  const databaseHosts = Array.from({ length: DATABASE_HOSTS }, (_, at) =>
    server(plan, `db-${two(at + 1)}`, 1024, rackOf(at)),
  );
  return { virtual, containers, databaseHosts, storage };
}

export function machine(plan: MapPlan, name: string, team: DemoTeamName, on: RecordId): RecordId {
  const attributes = { address: `${name}.muster.example` };
  const id = plan.item('virtual_machine', name, team, { attributes });
  plan.relate(id, 'runs_on', on);
  return id;
}

function server(plan: MapPlan, name: string, memory: number, rack: Rack): RecordId {
  const model = plan.random.pick(MODELS);
  const id = plan.item('server', name, 'Platform', {
    attributes: {
      ...{ vendor: model.startsWith('PowerEdge') ? 'Dell' : 'HPE', model },
      ...{ serial: plan.serial(), address: `${name}.muster.example`, memory_gb: memory },
      warranty_until: plan.warranty(),
    },
    redundancy: needs('powered_by', 1),
  });
  plan.relate(id, 'hosted_on', rack.id);
  plan.relate(id, 'powered_by', ...rack.feeds);
  plan.relate(id, 'connects_to', rack.top);
  return id;
}

const two = (number: number): string => String(number).padStart(2, '0');
