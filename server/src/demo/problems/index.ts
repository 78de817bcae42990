/** Problems of the demonstration, each in another part of its life, by the commands that people use. */
import { addThought } from '@muster/documents/problem';
import type { ProblemAct, ProblemFields } from '@muster/domain/problem';
import { commandId, recordId } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import { stableId, stableRecordId } from '../../import/stable-id.ts';
import type { Store } from '../../store/store.ts';
import { DEMO_SERVICES } from '../organisation.ts';
import type { Cast } from '../people.ts';
import { DEMO_SOURCE, demoServiceId } from '../tickets.ts';
import { writeRoom } from '../write-room.ts';
import { thoughtsOf } from './thoughts.ts';
import type { Thoughts } from './thoughts.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Of those that were there when a problem was opened, and of those that came since. */
const MOST_INCIDENTS = 3;
/** When those that came since are linked, unless one of them was worked on later. */
const LINKED_BEFORE_MS = 2 * HOUR;

interface DemoProblem {
  readonly key: string;
  readonly service: string;
  readonly told: Pick<ProblemFields, 'title' | 'workaround' | 'fix' | 'impact' | 'urgency'>;
  readonly evidence: string;
  readonly acts: (now: number) => readonly ProblemAct[];
  /** What is done about open incidents that came since; one that is over takes none. */
  readonly since: 'linked' | 'told' | null;
  readonly thoughts?: Thoughts;
}

const cause = (text: string): ProblemAct => ({ verb: 'state-cause', factor: 'cause', text });

const DEMO_PROBLEMS: readonly DemoProblem[] = [
  {
    key: 'vpn-lease',
    service: 'Remote access (VPN)',
    told: {
      ...{ title: 'Remote access drops for many every Monday morning', impact: 1, urgency: 2 },
      ...{ workaround: 'Sign out and in again; the second sign-in holds.', fix: '' },
    },
    evidence: 'Three weeks in a row lay above what twelve weeks before them let expect.',
    acts: () => [
      { verb: 'step', to: 'assess' },
      { verb: 'step', to: 'rca' },
      { verb: 'add-factor', factor: 'load', text: 'Everybody signs in within ten minutes' },
      cause('The address pool is renewed on Sunday night, and half of it stays taken'),
      {
        ...{ verb: 'add-task', task: 'provider' },
        fields: { kind: 'general', title: 'Ask the provider for a shorter lease', assignee: null },
      },
      { verb: 'mark-known-error', known: true },
      { verb: 'edit', fields: { fix: 'A pool twice as large, and a lease of one hour' } },
      { verb: 'step', to: 'fix_in_progress' },
    ],
    since: 'told',
    thoughts: {
      whys: [
        {
          why: 'Sign-in is refused on Monday mornings',
          because: [
            {
              why: 'The gateway has no address left to give',
              because: [
                {
                  why: 'Half of the pool stays taken over the weekend',
                  because: [
                    {
                      why: 'A lease holds for three days',
                      because: [{ why: 'It was set when twenty people worked from home' }],
                    },
                  ],
                },
              ],
            },
            {
              why: 'Everybody tries again within a minute',
              because: [{ why: 'The client says “try again” and not how long to wait' }],
            },
          ],
        },
      ],
      bones: {
        people: ['Shifts begin at the same minute'],
        technology: ['Pool of 250 addresses', 'Leases of three days'],
        supplier: ['Renewal on Sunday night'],
        measurement: ['Nobody watches how full the pool is'],
      },
    },
  },
  {
    key: 'printing-queues',
    service: 'Printing',
    told: {
      ...{ title: 'Print queues stop after updates', impact: 3, urgency: 2 },
      ...{ workaround: '', fix: '' },
    },
    evidence: 'Seen by the service desk after each of the last two updates.',
    acts: () => [
      { verb: 'step', to: 'assess' },
      { verb: 'step', to: 'rca' },
      {
        ...{ verb: 'add-task', task: 'logs' },
        fields: { kind: 'root_cause', title: 'Read the logs of the print server', assignee: null },
      },
    ],
    since: 'linked',
  },
  {
    key: 'warehouse-shadow',
    service: 'Warehouse network',
    told: {
      ...{ title: 'No signal between the last two aisles of the warehouse', impact: 2, urgency: 3 },
      ...{ workaround: 'Scan at the head of the aisle.', fix: '' },
    },
    evidence: 'The review of the outage in spring asked why.',
    acts: (now) => [
      { verb: 'step', to: 'assess' },
      { verb: 'step', to: 'rca' },
      cause('The racks of steel shade the access point'),
      {
        ...{ verb: 'step', to: 'risk_accepted', reviewAt: now + 60 * DAY },
        reason: 'The warehouse moves in a year; another mast is not worth it.',
      },
    ],
    since: null,
  },
];

export async function openProblems(store: Store, cast: Cast, now: number): Promise<void> {
  for (const each of DEMO_PROBLEMS) await play(store, cast, each, now);
}

/** When a problem of the demonstration is opened: one a week. */
export function demoProblemBegins(key: string, now: number): number {
  const place = DEMO_PROBLEMS.findIndex((each) => each.key === key);
  return now - (30 - place * 7) * DAY;
}

export const demoProblemId = (key: string): RecordId => stableRecordId(DEMO_SOURCE, `problem-${key}`);

/**
 * Acts out the life of one, an act an hour, and links what came since; a refusal is an error. The incidents have been
 * played to their ends already: what is written on them comes after all that happened there.
 */
async function play(store: Store, cast: Cast, it: DemoProblem, now: number): Promise<void> {
  const service = DEMO_SERVICES.find(({ name }) => name === it.service);
  if (service === undefined) throw new Error(`demonstration: there is no ${it.service}`);
  const { team, members } = cast.team(service.team);
  const [lead] = members;
  if (lead === undefined) throw new Error('demonstration: nobody looks into problems');
  const id = demoProblemId(it.key);
  const from = demoProblemBegins(it.key, now);
  const on = demoServiceId(service);
  const fields = { ...it.told, service: on, items: [on], team: team.id, owner: lead.id, major: false };
  const origin = { kind: 'trend', incident: null, evidence: it.evidence } as const;
  const incidents = await incidentsBefore(store, on, from);
  const acts: readonly ProblemAct[] = [{ verb: 'create', fields, origin, incidents }, ...it.acts(now)];
  let version = 0;
  for (const [place, act] of acts.entries())
    version = await run(store, lead, id, act, version, from + place * HOUR);
  const since = it.since === null ? [] : await openSince(store, on, incidents);
  const linkedAt = Math.max(now - LINKED_BEFORE_MS, ...since.map(({ updatedAt }) => updatedAt));
  const later = since.map(({ id: incident }): ProblemAct => ({ verb: 'link-incident', incident }));
  if (it.since === 'told' && since.length > 0) later.push({ verb: 'communicate-workaround' });
  for (const act of later) version = await run(store, lead, id, act, version, linkedAt);
  const { thoughts } = it;
  if (thoughts === undefined) return;
  await writeRoom(store, id, lead.id, (doc) => {
    const written = thoughtsOf(thoughts, { key: it.key, by: lead.id, from: from + 2 * HOUR });
    for (const thought of written) addThought(doc, thought);
  });
}

/** The newest of a service that were there by then, and that nobody has worked on since unless they are over. */
async function incidentsBefore(store: Store, service: string, then: number): Promise<readonly RecordId[]> {
  const rows = await incidentsOf(store, service)
    .where('created_at', '<', then)
    .where((where) => where.or([where('state', 'in', OVER), where('updated_at', '<', then)]))
    .orderBy('created_at', 'desc')
    .limit(MOST_INCIDENTS)
    .execute();
  return rows.map(({ id }) => recordId(id));
}

/** Open ones beside those that are linked, first those that have waited longest. */
async function openSince(
  store: Store,
  service: string,
  linked: readonly RecordId[],
): Promise<readonly { readonly id: RecordId; readonly updatedAt: number }[]> {
  const rows = await incidentsOf(store, service)
    .where('state', 'not in', OVER)
    .where('id', 'not in', linked)
    .orderBy('updated_at')
    .limit(MOST_INCIDENTS)
    .execute();
  return rows.map(({ id, updated_at }) => ({ id: recordId(id), updatedAt: updated_at }));
}

const OVER = ['resolved', 'closed'] as const;

/** Those of a service that everybody may read. */
function incidentsOf(store: Store, service: string) {
  return store.reader
    .selectFrom('record')
    .select(['id', 'updated_at'])
    .where('process', '=', 'incident')
    .where('service', '=', service)
    .where('restricted_to', 'is', null)
    .where('readers', 'is', null);
}

async function run(
  store: Store,
  actor: Actor,
  target: RecordId,
  { verb, ...args }: ProblemAct,
  basis: number,
  at: number,
): Promise<number> {
  const id = commandId(stableId(DEMO_SOURCE, 'command', `${target}-${basis}`));
  const command = { id, type: `problem.${verb}`, target, args, basis, clientAt: at };
  const [outcome] = await store.commands.actOut([{ command, actor, at }]);
  if (outcome?.outcome !== 'applied')
    throw new Error(`demonstration: ${verb} of a problem: ${JSON.stringify(outcome)}`);
  return outcome.version;
}
