/** What a delivery is about, as it stands at the moment of sending. */
import { isDone } from '@muster/domain/release';
import type { Release } from '@muster/domain/release';
import { changeOf } from '../../store/changes.ts';
import { boardOf, meetingOf } from '../../store/meetings.ts';
import { knownErrorOf } from '../../store/known-errors.ts';
import { problemOf } from '../../store/problems.ts';
import { releaseOf } from '../../store/releases.ts';
import { personId, recordId } from '@muster/domain/shared';
import type { MailCase, Person, PersonId, RecordId, Ticket, TicketMailKind } from '@muster/domain/shared';
import type { Change } from '@muster/domain/change';
import { isRestricted, isTicketMailKind } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { findPerson } from '../../access/people.ts';
import { ticketOf } from '../../commands/records.ts';
import type { Database } from '../../store/schema.ts';
import { chosenFor } from '../choices.ts';
import type { Delivery } from '../deliveries.ts';
import type { Names } from './words.ts';

export interface LoadedCase extends MailCase {
  readonly kind: TicketMailKind;
  readonly person: Person;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Null when there is none any more. */
  readonly subject: NewsSubject | null;
}

/** What news is about, as far as it is told outside. */
export interface NewsSubject {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  /** Where a click leads, on the desk that sent it. */
  readonly path: string;
  /** Whether its title may stand on a locked screen. */
  readonly named: boolean;
}

/** Null when the item or its person is gone. */
export async function loadCase(
  db: Kysely<Database>,
  { item, person, channel }: Delivery,
): Promise<LoadedCase | null> {
  const told = await db.selectFrom('inbox_item').selectAll().where('id', '=', item).executeTakeFirst();
  const found = await findPerson(db, personId(person));
  if (told === undefined || found === null || !isTicketMailKind(told.kind)) return null;
  return {
    kind: told.kind,
    person: found,
    ...(await findSubject(db, told, found.id)),
    read: told.read_at !== null,
    chosen: await chosenFor(db, found.id, channel, told.kind),
    detail: JSON.parse(told.detail) as Record<string, unknown>,
  };
}

/** What the news is about: what a mail names, where a click leads, and what decides whether it goes. */
async function findSubject(
  db: Kysely<Database>,
  told: { record: string | null; process: string | null; kind: string; detail: string },
  person: PersonId,
): Promise<Pick<LoadedCase, 'ticket' | 'subject' | 'planned'>> {
  const { record, process, kind } = told;
  if (process === 'release' && record !== null) return findRelease(db, recordId(record), told, person);
  if (process === 'problem' && record !== null && kind !== 'knowledge')
    return findProblem(db, recordId(record));
  if (process === 'problem' && record !== null && kind === 'knowledge')
    return findKnowledge(db, recordId(record));
  if (process !== 'change' || record === null) {
    const ticket = await findTicket(db, record);
    if (ticket === null) return { ticket, subject: null };
    const { id, number, title } = ticket;
    return { ticket, subject: { id, number, title, path: `/record/${id}`, named: !isRestricted(ticket) } };
  }
  const row = await db.selectFrom('change').select('data').where('id', '=', record).executeTakeFirst();
  if (row === undefined) return findMeeting(db, recordId(record), told);
  const change = changeOf(row);
  const { id, number, title } = change;
  const overtaken = kind === 'approval-asked' && !isAsked(change, person);
  return {
    ticket: null,
    subject: { id, number, title, path: `/change/${id}`, named: true },
    planned: { process, overtaken },
  };
}

/** News of change boards: a meeting that is over or called off invites nobody any more. */
async function findMeeting(
  db: Kysely<Database>,
  id: RecordId,
  told: { readonly detail: string },
): Promise<Pick<LoadedCase, 'ticket' | 'subject' | 'planned'>> {
  const row = await db
    .selectFrom('change_meeting')
    .innerJoin('change_board', 'change_board.id', 'change_meeting.board')
    .select(['change_meeting.data as meeting', 'change_board.data as board'])
    .where('change_meeting.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return { ticket: null, subject: null };
  const { state } = meetingOf({ data: row.meeting });
  const { name } = boardOf({ data: row.board });
  const { what } = JSON.parse(told.detail) as { readonly what?: unknown };
  return {
    ticket: null,
    subject: { id, number: null, title: name, path: `/change/board/${id}`, named: true },
    planned: {
      process: 'change',
      overtaken: what === 'invited' && (state === 'closed' || state === 'called_off'),
    },
  };
}

async function findProblem(
  db: Kysely<Database>,
  record: RecordId,
): Promise<Pick<LoadedCase, 'ticket' | 'subject' | 'planned'>> {
  const row = await db.selectFrom('problem').select('data').where('id', '=', record).executeTakeFirst();
  if (row === undefined) return { ticket: null, subject: null };
  const { id, number, title } = problemOf(row);
  return {
    ticket: null,
    subject: { id, number, title, path: `/problem/${id}`, named: true },
    planned: { process: 'problem', overtaken: false },
  };
}

async function findKnowledge(
  db: Kysely<Database>,
  record: RecordId,
): Promise<Pick<LoadedCase, 'ticket' | 'subject' | 'planned'>> {
  const row = await db.selectFrom('known_error').select('data').where('id', '=', record).executeTakeFirst();
  if (row === undefined) return { ticket: null, subject: null };
  const { id, title } = knownErrorOf(row);
  return {
    ticket: null,
    subject: { id, number: null, title, path: `/problem/knowledge/${id}`, named: true },
    planned: { process: 'problem', overtaken: false },
  };
}

async function findRelease(
  db: Kysely<Database>,
  record: RecordId,
  { kind, detail }: { readonly kind: string; readonly detail: string },
  person: PersonId,
): Promise<Pick<LoadedCase, 'ticket' | 'subject' | 'planned'>> {
  const row = await db.selectFrom('release').select('data').where('id', '=', record).executeTakeFirst();
  if (row === undefined) return { ticket: null, subject: null };
  const release = releaseOf(row);
  const { id, number, title } = release;
  const { step } = JSON.parse(detail) as { readonly step?: unknown };
  return {
    ticket: null,
    subject: { id, number, title, path: `/release/${id}`, named: true },
    planned: { process: 'release', overtaken: isReleaseNewsOld(release, kind, step, person) },
  };
}

/** Whether a lead has answered by now, or a step is done, dropped or somebody else's. */
function isReleaseNewsOld(
  { rollCall, state, steps }: Release,
  kind: string,
  step: unknown,
  person: PersonId,
): boolean {
  if (kind === 'go-asked') {
    const isOpen = state === 'ready' && rollCall?.leads.includes(person) === true;
    return !isOpen || rollCall.answers.some((answer) => answer.person === person);
  }
  if (kind !== 'step-next' && kind !== 'step-assigned') return false;
  const found = steps.find(({ id }) => id === step);
  return found?.owner !== person || isDone(found);
}

function isAsked({ approvals }: Change, person: PersonId): boolean {
  return approvals.some((each) => each.person === person && each.state === 'requested');
}

async function findTicket(db: Kysely<Database>, record: string | null): Promise<Ticket | null> {
  if (record === null) return null;
  const row = await db
    .selectFrom('record')
    .select('data')
    .where('id', '=', recordId(record))
    .executeTakeFirst();
  return row === undefined ? null : ticketOf(row);
}

/** The public reply that the news is about; null for news about anything else. */
export async function replyOf(
  db: Kysely<Database>,
  { kind, ticket, detail }: LoadedCase,
): Promise<string | null> {
  const { at, by } = detail;
  if (kind !== 'replied' || ticket === null || typeof at !== 'number' || typeof by !== 'string') return null;
  const row = await db
    .selectFrom('event')
    .select('data')
    .where('record', '=', ticket.id)
    .where('type', '=', 'replied')
    .where('actor', '=', by)
    .where('at', '=', at)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const text: unknown = row === undefined ? null : (JSON.parse(row.data) as { text?: unknown }).text;
  return typeof text === 'string' ? text : null;
}

/** Names for the people and teams that the facts mention. */
export async function namesIn(db: Kysely<Database>, { person, detail }: LoadedCase): Promise<Names> {
  const ids = Object.values(detail).filter((value) => typeof value === 'string');
  const of = async (table: 'person' | 'team'): Promise<ReadonlyMap<string, string>> => {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  const people = await of('person');
  const teams = await of('team');
  return {
    person: (id) => {
      if (id === person.id) return 'you';
      if (id === 'system' || id === undefined) return 'Muster';
      return people.get(String(id)) ?? (id === null ? 'nobody' : 'somebody');
    },
    team: (id) => teams.get(String(id)) ?? 'another team',
  };
}
