/** The configuration of the demonstration: what its services hang on, by the commands that people use. */
import { SYSTEM_ACTOR, commandId } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import { stableId } from '../../import/stable-id.ts';
import type { Store } from '../../store/store.ts';
import type { Cast } from '../people.ts';
import { DEMO_SOURCE } from '../tickets.ts';
import { layGround } from './ground.ts';
import { standMachines } from './machines.ts';
import { MapPlan } from './plan.ts';
import type { PlannedItem, PlannedRelation } from './plan.ts';
import { buildSystems } from './systems.ts';
import type { Parts } from './parts.ts';
import { FORGOTTEN_MS, GONE, leaveNeglected } from './neglected.ts';
import { handOutWorkplaces } from './workplaces.ts';

const DAY = 24 * 60 * 60_000;
/** Before the oldest ticket of the demonstration. */
const MADE = 100 * DAY;
const BATCH = 250;
const ASKED = 2 * DAY;

export interface DemoMap {
  readonly plan: MapPlan;
  /** By service: what its incidents may be about. */
  readonly parts: Parts;
}

export function planConfiguration(cast: Cast): DemoMap {
  const plan = new MapPlan();
  const ground = layGround(plan);
  const parts = buildSystems(plan, ground, standMachines(plan, ground));
  handOutWorkplaces(plan, ground, cast);
  leaveNeglected(plan);
  return { plan, parts };
}

export async function writeConfiguration(
  store: Store,
  cast: Cast,
  { plan }: DemoMap,
  now: number,
): Promise<void> {
  const [author] = cast.team('Platform').members;
  if (author === undefined) throw new Error('demonstration: nobody keeps the configuration');
  const acts = [
    ...plan.items.map((item) => ({ target: item.id, type: 'item.create', args: itemArgs(plan, cast, item) })),
    ...plan.relations.map((each) => ({ target: each.id, type: 'relation.add', args: relationArgs(each) })),
  ];
  const old = new Set<string>(plan.items.filter(({ forgotten }) => forgotten).map(({ id }) => id));
  await runAll(
    store,
    author,
    acts.filter(({ target }) => old.has(target)),
    now - FORGOTTEN_MS,
  );
  await runAll(
    store,
    author,
    acts.filter(({ target }) => !old.has(target)),
    now - MADE,
  );
  const neglected = plan.items.filter(({ forgotten }) => forgotten);
  const gone = neglected.filter(({ name }) => GONE.includes(name));
  const retire = { from: 'in_service', to: 'retired', reason: 'Replaced' };
  await runAll(
    store,
    author,
    gone.map(({ id: target }) => ({ target, type: 'item.step', args: retire })),
    now - MADE,
  );
  const asked = neglected.filter((item) => !item.unowned && !gone.includes(item));
  await runAll(
    store,
    SYSTEM_ACTOR,
    asked.map(({ id: target }) => ({ target, type: 'item.ask-review', args: {} })),
    now - ASKED,
  );
}

function itemArgs(plan: MapPlan, cast: Cast, item: PlannedItem): object {
  const { team, members } = cast.team(item.team);
  const { class: itemClass, name, criticality, attributes, redundancy, state } = item;
  const owner = item.unowned ? null : (item.owner ?? plan.random.pick(members).id);
  const fields = { class: itemClass, name, owner, team: team.id, criticality, attributes, redundancy };
  return { fields, state };
}

function relationArgs({ type, from, to }: PlannedRelation): object {
  return { type, from, to };
}

async function runAll(
  store: Store,
  actor: Actor,
  acts: readonly { readonly target: RecordId; readonly type: string; readonly args: object }[],
  at: number,
): Promise<void> {
  for (let from = 0; from < acts.length; from += BATCH)
    await run(store, actor, acts.slice(from, from + BATCH), at);
}

async function run(
  store: Store,
  actor: Actor,
  acts: readonly { readonly target: RecordId; readonly type: string; readonly args: object }[],
  at: number,
): Promise<void> {
  const commands = acts.map(({ target, type, args }) => {
    const id = commandId(stableId(DEMO_SOURCE, 'command', `${target}-${type}`));
    return { command: { id, type, target, args, basis: 0, clientAt: at }, actor, at };
  });
  for (const [place, outcome] of (await store.commands.actOut(commands)).entries())
    if (outcome.outcome !== 'applied')
      throw new Error(`demonstration: ${JSON.stringify(acts[place])}: ${JSON.stringify(outcome)}`);
}
