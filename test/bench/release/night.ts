/** The night of a release, made by the commands that people use: many changes, a long checklist, the deployment begun. */
import { changeInRelease } from '@muster/domain/flows';
import type { Change } from '@muster/domain/change';
import { DEFAULT_PHASES, readinessOf } from '@muster/domain/release';
import type { Release, ReleaseAct, StepPlan } from '@muster/domain/release';
import { personId, recordId } from '@muster/domain/shared';
import type { ChangeFact } from '@muster/domain/release';
import type { CommandOutcome, PersonId, RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { Desk } from '../../support/desk.ts';
import type { HttpSession } from '../../support/session.ts';

const LEAD = 'lead@desk.test';
const AT_ONCE = 50;
const MINUTE_MS = 60_000;

export interface NightPlan {
  readonly changes: number;
  /** Who ticks, each a lane of steps of which every one waits for the one before. */
  readonly crew: readonly string[];
  readonly stepsEach: number;
}

export interface Night {
  readonly id: RecordId;
  /** Of each of the crew, the steps in their order. */
  readonly lanes: readonly (readonly string[])[];
}

export async function openNight(desk: Desk, { changes, crew, stepsEach }: NightPlan): Promise<Night> {
  const lead = await desk.session(LEAD);
  const id = recordId(ulid());
  const members = await makeChanges(lead, changes);
  const lanes = crew.map(() => Array.from({ length: stepsEach }, () => ulid()));
  const act = (by: HttpSession, asked: ReleaseAct) => actOn(by, id, asked);
  const lea = desk.account(LEAD).id as PersonId;

  await act(lead, { verb: 'create', fields: fieldsOf(lea) });
  await act(lead, { verb: 'plan-phases', phases: DEFAULT_PHASES.map((phase) => ({ ...phase, gates: [] })) });
  await act(lead, { verb: 'add-changes', changes: members });
  await act(lead, {
    verb: 'add-steps',
    steps: stepsOf(
      lanes,
      crew.map((email) => desk.account(email).id),
    ),
  });
  for (const stage of ['planning', 'building', 'testing'] as const) {
    await act(lead, { verb: 'transition', to: stage });
    await act(lead, { verb: 'start-phase', phase: stage });
    await act(lead, { verb: 'complete-phase', phase: stage });
  }
  await act(lead, { verb: 'transition', to: 'ready' });
  await act(lead, { verb: 'open-roll-call', leads: [lea], quorum: 1 });
  await act(lead, { verb: 'answer', answer: 'go', readiness: await readinessHash(lead, id) });
  await act(lead, { verb: 'transition', to: 'go' });
  await act(lead, { verb: 'transition', to: 'deploying' });
  await act(lead, { verb: 'start-phase', phase: 'deploying' });
  return { id, lanes };
}

export async function readNight(session: HttpSession, id: RecordId): Promise<Release> {
  const { release } = await session.call<{ release: Release }>('GET', `/api/releases/${id}`);
  return release;
}

function fieldsOf(owner: PersonId) {
  return {
    ...({
      kind: 'major',
      title: 'The night of five hundred changes',
      label: '2026.12',
      services: [],
      owner,
    } as const),
    ...({ pace: 'stages', beginsAt: Date.now() - MINUTE_MS, endsAt: Date.now() + 600 * MINUTE_MS } as const),
    ...{ hypercareHours: 48, rollbackTestedAt: null },
  };
}

/** The first lane stands on top, the others in turn below it. */
function stepsOf(lanes: Night['lanes'], people: readonly string[]): readonly StepPlan[] {
  const step = (lane: number, place: number): StepPlan => ({
    id: lanes[lane]?.[place] ?? '',
    title: `Lane ${lane + 1}, step ${place + 1}: move a part of the service over and look whether it answers`,
    ...{
      phase: 'deploying',
      owner: personId(people[lane] ?? ''),
      change: null,
      minutes: 5 + ((lane * 7) % 11),
    },
    after: place === 0 ? [] : [lanes[lane]?.[place - 1] ?? ''],
    ...{ rollback: 'Move it back', noReturn: false },
  });
  const [first = [], ...others] = lanes;
  return [
    ...first.map((_, place) => step(0, place)),
    ...first.flatMap((_, place) => others.map((_lane, other) => step(other + 1, place))),
  ];
}

async function makeChanges(session: HttpSession, count: number): Promise<readonly RecordId[]> {
  const ids = Array.from({ length: count }, () => recordId(ulid()));
  for (let from = 0; from < count; from += AT_ONCE) {
    const commands = ids.slice(from, from + AT_ONCE).map((target, index) => ({
      ...{ id: ulid(), type: 'change.create', target, basis: 0, clientAt: Date.now() },
      args: { model: 'normal', fields: { title: `Change number ${from + index + 1}` } },
    }));
    await send(session, commands);
  }
  return ids;
}

async function actOn(session: HttpSession, target: RecordId, { verb, ...args }: ReleaseAct): Promise<void> {
  const basis = verb === 'create' ? 0 : (await readNight(session, target)).version;
  await send(session, [{ id: ulid(), type: `release.${verb}`, target, args, basis, clientAt: Date.now() }]);
}

async function send(session: HttpSession, commands: readonly object[]): Promise<void> {
  const outcomes = await session.call<CommandOutcome[]>('POST', '/api/commands', commands);
  const failed = outcomes.find(({ outcome }) => outcome !== 'applied');
  if (failed !== undefined) throw new Error(`refused: ${JSON.stringify(failed)}`);
}

/** What a lead reads, as a browser computes it. */
async function readinessHash(session: HttpSession, id: RecordId): Promise<string> {
  const release = await readNight(session, id);
  const facts = new Map<RecordId, ChangeFact>();
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { changes: Change[]; next: string | null } = await session.call(
      'GET',
      `/api/changes?limit=100${query}`,
    );
    for (const change of page.changes) facts.set(change.id, changeInRelease(change, []));
    cursor = page.next;
  } while (cursor !== null);
  return readinessOf(release, { changes: facts }).hash;
}
