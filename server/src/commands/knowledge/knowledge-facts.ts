/** What decisions about a known error look at, read as far as an act needs it. */
import { canReadConfiguration } from '@muster/domain/configuration';
import { NO_TEXT } from '@muster/domain/problem';
import type {
  ArticleText,
  KnowledgeAct,
  KnowledgeFacts,
  KnowledgeState,
  TicketUse,
} from '@muster/domain/problem';
import { canReadAsStaff, personId, recordId } from '@muster/domain/shared';
import type { Actor, Directory, RecordId, ServiceId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { itemStandings } from '../../store/record-items.ts';
import type { Database } from '../../store/schema.ts';
import type { Records } from '../records.ts';

export interface KnowledgeFactSources {
  readonly db: Kysely<Database>;
  readonly records: Records;
  readonly directory: Directory;
  /** What is written together now; null where nobody has written. */
  readonly text: () => ArticleText | null;
}

const LOOK_AT_TEXT: ReadonlySet<KnowledgeAct['verb']> = new Set(['submit', 'publish', 'discard']);

export async function knowledgeFacts(
  { db, records, directory, text }: KnowledgeFactSources,
  target: RecordId,
  act: KnowledgeAct,
  actor: Actor,
): Promise<KnowledgeFacts> {
  const other = act.verb === 'supersede' ? await stateIn(db, act.by) : undefined;
  const rated = act.verb === 'rate' ? await ratingIn(db, target, act.number, actor) : null;
  const saidNo = act.verb === 'rate' && (await saidNoIn(db, target, act.number, actor));
  const ticket =
    act.verb === 'link' || act.verb === 'unlink'
      ? await ticketFor(db, records, target, act.ticket, actor)
      : undefined;
  const problems = await problemsNamed(db, act);
  const standingOf = await itemStandings(db, itemsNamed(act, actor));
  return {
    text: LOOK_AT_TEXT.has(act.verb) ? (text() ?? NO_TEXT) : NO_TEXT,
    stateOf: () => other,
    ticket: () => ticket,
    ratedBy: () => rated,
    saidNo: () => saidNo,
    isItem: (id) => directory.services.has(id as ServiceId) || standingOf(recordId(id)) !== null,
    isProblem: (id) => problems.has(id),
  };
}

async function stateIn(db: Kysely<Database>, id: RecordId): Promise<KnowledgeState | undefined> {
  const row = await db.selectFrom('known_error').select('state').where('id', '=', id).executeTakeFirst();
  return row?.state as KnowledgeState | undefined;
}

async function ratingIn(
  db: Kysely<Database>,
  target: RecordId,
  number: number,
  actor: Actor,
): Promise<boolean | null> {
  const row = await db
    .selectFrom('known_error_rating')
    .select('helped')
    .where('known_error', '=', target)
    .where('number', '=', number)
    .where('person', '=', actor.id)
    .executeTakeFirst();
  return row === undefined ? null : row.helped === 1;
}

/** What was said before stands in the history alone. */
async function saidNoIn(
  db: Kysely<Database>,
  target: RecordId,
  number: number,
  actor: Actor,
): Promise<boolean> {
  const row = await db
    .selectFrom('event')
    .select('seq')
    .where('record', '=', target)
    .where('actor', '=', actor.id)
    .where('type', '=', 'rated')
    .where(sql<boolean>`data ->> '$.number' = ${number} and not data ->> '$.helped'`)
    .executeTakeFirst();
  return row !== undefined;
}

/** A ticket that its author may not read is none. */
async function ticketFor(
  db: Kysely<Database>,
  records: Records,
  target: RecordId,
  ticket: RecordId,
  actor: Actor,
): Promise<{ readonly use: TicketUse | null } | undefined> {
  const found = (await records.find(ticket))?.ticket;
  if (found === undefined || !canReadAsStaff(actor, found)) return undefined;
  const row = await db
    .selectFrom('known_error_use')
    .select(['by', 'at'])
    .where('known_error', '=', target)
    .where('ticket', '=', ticket)
    .executeTakeFirst();
  return { use: row === undefined ? null : { by: personId(row.by), at: row.at } };
}

/** Those that an act names, as far as they are there for its author. */
function itemsNamed(act: KnowledgeAct, actor: Actor): readonly RecordId[] {
  const names = act.verb === 'create' || act.verb === 'edit' ? (act.fields.items ?? []) : [];
  return canReadConfiguration(actor) ? names.map(recordId) : [];
}

/** Those that an act names. Whoever writes knowledge reads problems. */
async function problemsNamed(db: Kysely<Database>, act: KnowledgeAct): Promise<ReadonlySet<RecordId>> {
  const named = act.verb === 'create' || act.verb === 'edit' ? (act.fields.problem ?? null) : null;
  if (named === null) return new Set();
  const row = await db.selectFrom('problem').select('id').where('id', '=', named).executeTakeFirst();
  return new Set(row === undefined ? [] : [named]);
}
