/** The configuration of the demonstration: what its services hang on, by the commands that people use. */
import { commandId } from '@muster/domain/shared';
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
import { handOutWorkplaces } from './workplaces.ts';

const DAY = 24 * 60 * 60_000;
/** Before the oldest ticket of the demonstration. */
const MADE = 100 * DAY;
const BATCH = 250;

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
  for (let from = 0; from < acts.length; from += BATCH)
    await run(store, author, acts.slice(from, from + BATCH), now - MADE);
}

function itemArgs(plan: MapPlan, cast: Cast, item: PlannedItem): object {
  const { team, members } = cast.team(item.team);
  const { class: itemClass, name, criticality, attributes, redundancy, state } = item;
  const owner = item.owner ?? plan.random.pick(members).id;
  const fields = { class: itemClass, name, owner, team: team.id, criticality, attributes, redundancy };
  return { fields, state };
}

function relationArgs({ type, from, to }: PlannedRelation): object {
  return { type, from, to };
}

async function run(
  store: Store,
  actor: Actor,
  acts: readonly { readonly target: RecordId; readonly type: string; readonly args: object }[],
  at: number,
): Promise<void> {
  const commands = acts.map(({ target, type, args }) => {
    const id = commandId(stableId(DEMO_SOURCE, 'command', `${target}-0`));
    return { command: { id, type, target, args, basis: 0, clientAt: at }, actor, at };
  });
  for (const [place, outcome] of (await store.commands.actOut(commands)).entries())
    if (outcome.outcome !== 'applied')
      throw new Error(`demonstration: ${JSON.stringify(acts[place])}: ${JSON.stringify(outcome)}`);
}
