/** What the services of the demonstration are made of: applications on machines and containers, databases, papers. */
import type { ItemId, RecordId, ServiceId } from '@muster/domain/shared';
import { DEMO_SERVICES } from '../organisation.ts';
import type { DemoService, DemoTeamName } from '../organisation.ts';
import { demoServiceId } from '../tickets.ts';
import type { Ground } from './ground.ts';
import { machine } from './machines.ts';
import type { Machines } from './machines.ts';
import type { Parts } from './parts.ts';
import { needs } from './plan.ts';
import type { MapPlan } from './plan.ts';

interface System {
  readonly service: string;
  readonly application: string;
  readonly code: string;
  /** How many of its kind stand side by side; the last of them is enough. */
  readonly nodes: number;
  readonly on: 'machines' | 'containers';
  readonly database?: string;
  readonly licence?: string;
  /** Services that it uses. */
  readonly uses: readonly string[];
}

const SIGN_IN = 'Identity and sign-in';

const SYSTEMS: readonly System[] = [
  {
    service: 'E-mail',
    application: 'Mail server',
    code: 'mail',
    nodes: 3,
    on: 'machines',
    licence: 'Mail, 300 seats',
    uses: [SIGN_IN, 'Internet access'],
  },
  {
    service: 'Calendar',
    application: 'Calendar server',
    code: 'cal',
    nodes: 2,
    on: 'machines',
    uses: [SIGN_IN, 'E-mail'],
  },
  {
    service: 'Telephony',
    application: 'Telephone exchange',
    code: 'pbx',
    nodes: 2,
    on: 'machines',
    licence: 'Telephony, 250 lines',
    uses: ['Internet access'],
  },
  {
    service: 'Video meetings',
    application: 'Meeting bridge',
    code: 'meet',
    nodes: 3,
    on: 'containers',
    uses: [SIGN_IN, 'Internet access'],
  },
  {
    service: 'Laptops',
    application: 'Device management',
    code: 'mdm',
    nodes: 2,
    on: 'machines',
    database: 'Devices',
    licence: 'Device management, 400 devices',
    uses: [SIGN_IN],
  },
  {
    service: 'Printing',
    application: 'Print server',
    code: 'print',
    nodes: 1,
    on: 'machines',
    uses: [SIGN_IN],
  },
  {
    service: 'Mobile phones',
    application: 'Mobile gateway',
    code: 'mobile',
    nodes: 1,
    on: 'machines',
    uses: ['E-mail', 'Internet access'],
  },
  {
    service: 'Office Wi-Fi',
    application: 'Wireless controller',
    code: 'wlc',
    nodes: 2,
    on: 'machines',
    uses: [SIGN_IN],
  },
  {
    service: 'Remote access (VPN)',
    application: 'VPN gateway',
    code: 'vpn',
    nodes: 2,
    on: 'machines',
    licence: 'VPN, 200 sessions',
    uses: [SIGN_IN, 'Internet access'],
  },
  {
    service: 'Warehouse network',
    application: 'Scanner gateway',
    code: 'scan',
    nodes: 2,
    on: 'machines',
    uses: [],
  },
  { service: SIGN_IN, application: 'Directory', code: 'dc', nodes: 4, on: 'machines', uses: [] },
  {
    service: 'Badge and doors',
    application: 'Door control',
    code: 'door',
    nodes: 1,
    on: 'machines',
    database: 'Badges',
    uses: [SIGN_IN],
  },
  {
    service: 'Password vault',
    application: 'Vault',
    code: 'vault',
    nodes: 3,
    on: 'containers',
    database: 'Secrets',
    uses: [SIGN_IN],
  },
  {
    service: 'File shares',
    application: 'File server',
    code: 'file',
    nodes: 2,
    on: 'machines',
    uses: [SIGN_IN],
  },
  {
    service: 'Backup',
    application: 'Backup server',
    code: 'backup',
    nodes: 2,
    on: 'machines',
    licence: 'Backup, 40 TB',
    uses: [],
  },
  {
    service: 'Finance system',
    application: 'Ledger',
    code: 'fin',
    nodes: 3,
    on: 'machines',
    database: 'Bookings',
    licence: 'Finance, 80 seats',
    uses: [SIGN_IN, 'File shares'],
  },
  {
    service: 'Payroll',
    application: 'Payroll run',
    code: 'pay',
    nodes: 1,
    on: 'machines',
    database: 'Salaries',
    licence: 'Payroll, 1 company',
    uses: [SIGN_IN, 'Finance system'],
  },
  {
    service: 'Customer records',
    application: 'Customer desk',
    code: 'crm',
    nodes: 3,
    on: 'containers',
    database: 'Customers',
    uses: [SIGN_IN],
  },
  {
    service: 'Web shop',
    application: 'Shop',
    code: 'shop',
    nodes: 5,
    on: 'containers',
    database: 'Orders',
    uses: ['Customer records', 'Internet access'],
  },
  {
    service: 'Intranet',
    application: 'Intranet pages',
    code: 'intra',
    nodes: 2,
    on: 'containers',
    database: 'Pages',
    uses: [SIGN_IN],
  },
  {
    service: 'Sales reports',
    application: 'Report builder',
    code: 'report',
    nodes: 2,
    on: 'containers',
    uses: ['Data warehouse', SIGN_IN],
  },
  {
    service: 'Data warehouse',
    application: 'Loader',
    code: 'dwh',
    nodes: 3,
    on: 'machines',
    database: 'Sales facts',
    licence: 'Warehouse, 16 cores',
    uses: ['Finance system', 'Customer records'],
  },
];

export function buildSystems(plan: MapPlan, ground: Ground, machines: Machines): Parts {
  const parts = new Map(SYSTEMS.map((each) => [each.service, build(plan, each, machines)]));
  const on = (service: string, ...items: readonly ItemId[]): void => {
    plan.relate(idOf(service), 'depends_on', ...items);
  };
  const uplinks = plan.item('group', 'Lines to the internet', 'Network', {
    ...{ criticality: 1, redundancy: needs('members', 1) },
  });
  plan.relate(uplinks, 'members', ...ground.lines);
  on('Internet access', ground.firewalls, uplinks);
  on('Virtual servers', machines.virtual);
  on('Container platform', machines.containers);
  const fields = {
    criticality: 2,
    redundancy: [{ relation: 'members', by: 'percent', minimum: 60 }],
  } as const;
  const wireless = plan.item('group', 'Access points of the offices', 'Network', fields);
  plan.relate(wireless, 'members', ...ground.wireless);
  on('Office Wi-Fi', wireless);
  const warehouse = plan.item('group', 'Access points of the warehouse', 'Network', fields);
  plan.relate(warehouse, 'members', ...ground.warehouse);
  on('Warehouse network', warehouse);
  for (const service of ['File shares', 'Backup']) on(service, machines.storage);
  return new Map([...parts, ['Office Wi-Fi', ground.wireless], ['Warehouse network', ground.warehouse]]);
}

function build(plan: MapPlan, system: System, machines: Machines): readonly RecordId[] {
  const { team, criticality } = serviceNamed(system.service);
  const application = plan.item('application', system.application, team, {
    criticality,
    attributes: {
      version: `${plan.random.between(2, 9)}.${plan.random.between(0, 12)}`,
      ...(system.on === 'containers' && { repository: `https://code.muster.example/${system.code}` }),
    },
    redundancy: system.nodes === 1 ? [] : needs('members', Math.ceil((system.nodes - 1) / 2)),
  });
  const service = idOf(system.service);
  plan.relate(service, 'depends_on', application, ...system.uses.map(idOf));
  const nodes = Array.from({ length: system.nodes }, (_, at) => node(plan, system, at + 1, team, machines));
  plan.relate(application, 'members', ...nodes);
  if (system.database !== undefined)
    plan.relate(application, 'uses', database(plan, system.database, machines));
  if (system.licence !== undefined) {
    const attributes = { valid_until: `2027-${String(plan.random.between(1, 12)).padStart(2, '0')}-28` };
    plan.relate(application, 'licensed_by', plan.item('licence', system.licence, team, { attributes }));
  }
  const attributes = { link: `https://wiki.muster.example/${system.code}` };
  const manual = plan.item('document', `${system.service}: how it is run`, team, { attributes });
  plan.relate(application, 'documented_by', manual);
  return [application, ...nodes];
}

/** A container, or a machine with a server on it. */
function node(
  plan: MapPlan,
  { code, on }: System,
  at: number,
  team: DemoTeamName,
  { virtual, containers }: Machines,
): RecordId {
  if (on === 'containers') {
    const image = `registry.muster.example/${code}:${plan.random.between(10, 60)}`;
    const id = plan.item('container', `${code}-${at}`, team, { attributes: { image, port: 8080 } });
    plan.relate(id, 'runs_on', containers);
    return id;
  }
  const host = machine(plan, `${code}-vm-${at}`, team, virtual);
  const id = plan.item('middleware', `${code}-${at}`, team, { attributes: { port: 443 } });
  plan.relate(id, 'runs_on', host);
  return id;
}

/** A database, on a pair of servers of which one is enough. */
function database(plan: MapPlan, name: string, { databaseHosts }: Machines): RecordId {
  const id = plan.item('database', name, 'Data and Reporting', {
    ...{ criticality: 2, attributes: { version: '16.4' }, redundancy: needs('runs_on', 1) },
  });
  const first = plan.random.between(0, databaseHosts.length - 1);
  for (const [place, side] of ['primary', 'standby'].entries()) {
    const server = plan.item('database_server', `${name} ${side}`, 'Data and Reporting', {
      attributes: { port: 5432, version: '16.4' },
    });
    // the hosts go by turns through the data centres
    plan.relate(server, 'runs_on', plan.turn(databaseHosts, first + place));
    plan.relate(id, 'runs_on', server);
  }
  return id;
}

function serviceNamed(name: string): DemoService {
  const service = DEMO_SERVICES.find((each) => each.name === name);
  if (service === undefined) throw new Error(`demonstration: there is no service ${name}`);
  return service;
}

const idOf = (name: string): ServiceId => demoServiceId(serviceNamed(name));
