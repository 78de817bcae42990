/** Changes as a release and the gate for machines see them. */
import { freezesOver, isForItem, plannedOf } from '../change/index.ts';
import type { Change, ChangeWindow, Dependencies } from '../change/index.ts';
import { decideDeployment } from '../release/index.ts';
import type { ChangeFact, Freeze, GateAnswer, GateChange, GateQuestion, Window } from '../release/index.ts';
import type { Instant, ServiceId } from '../shared/index.ts';

/** A member as its release sees it; `services` are those that fall with what it touches, the nearest first. */
export function changeInRelease(change: Change, services: readonly ServiceId[]): ChangeFact {
  const { id, number, title, state, items } = change;
  const service = services[0] ?? null;
  return { id, number, title, state, standing: standingOf(change), window: windowOf(change), items, service };
}

/** What was called off, or taken back whole, left nothing that counts. */
function standingOf({ state, result }: Change): ChangeFact['standing'] {
  if (state === 'cancelled' || (state === 'closed' && result === 'backed_out')) return 'inactive';
  return state === 'closed' ? 'closed' : 'open';
}

function windowOf(change: Change): Window | null {
  const planned = plannedOf(change);
  return planned === null ? null : { beginsAt: planned.begins, endsAt: planned.ends };
}

/** No change gets to these states without the approvals that its policies ask for. */
const APPROVED: ReadonlySet<Change['state']> = new Set(['scheduled', 'implement']);

/** A change as the gate sees it: on hold it lets nothing pass. */
export function changeAtGate(change: Change, dependencies: Dependencies): GateChange {
  const { id, number, state, held } = change;
  return {
    ...{ id, number },
    services: dependencies.servicesOf(change.items),
    standing: standingOf(change),
    approved: APPROVED.has(state) && held === null,
    window: windowOf(change),
  };
}

/** What the gate looks at: all changes of the service, and the one that was asked about. */
export interface GateWorld {
  readonly services: ReadonlySet<ServiceId>;
  readonly changes: readonly Change[];
  readonly windows: readonly ChangeWindow[];
  readonly dependencies: Dependencies;
  /** Of the organisation: whose clock floating windows go by. */
  readonly zone: string;
}

/**
 * Whether a machine may deploy. A freeze holds the changes of its models, so each change is looked at with the freezes
 * that are for it; where none lets the machine pass, what stands against any of them is told.
 */
export function mayDeploy(question: GateQuestion, world: GateWorld, now: Instant): GateAnswer {
  const { services, dependencies } = world;
  const changes = world.changes.map((change) => changeAtGate(change, dependencies));
  const ask = (asked: GateQuestion, models: readonly string[]): GateAnswer =>
    decideDeployment(asked, { services, changes, freezes: freezesNow(asked, models, world, now) }, now);
  const named = world.changes.filter(({ id }) => question.change === undefined || question.change === id);
  const fit = named.filter((change) => isOf(change, question, dependencies));
  for (const { id, model } of fit.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const answer = ask({ ...question, change: id }, [model]);
    if (answer.allow) return answer;
  }
  return ask(question, [...new Set(named.map(({ model }) => model))]);
}

function isOf({ items }: Change, { service }: GateQuestion, { servicesOf }: Dependencies): boolean {
  return servicesOf(items).includes(service);
}

/** The freezes over this moment, for the service and these models; those for everything where there is no model. */
function freezesNow(
  { service }: GateQuestion,
  models: readonly string[],
  { windows, dependencies, zone }: GateWorld,
  now: Instant,
): readonly Freeze[] {
  const freezes = windows.filter(
    (window) => window.kind === 'freeze' && isForItem(window, service, dependencies),
  );
  const asked = models.length === 0 ? [''] : models;
  const hits = asked.flatMap((model) =>
    freezesOver(freezes, { model, items: [service], from: now, to: now + 1 }, dependencies, zone),
  );
  return [...new Map(hits.map((hit) => [hit.window.id, hit])).values()].map(({ window, during }) => ({
    id: window.id,
    name: window.name,
    isHard: window.hard,
    beginsAt: during.from,
    endsAt: during.to,
    services: [service],
    environments: null,
  }));
}
