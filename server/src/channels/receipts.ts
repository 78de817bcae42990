/** Whom a record's calls to work told, and how far they came with each person. */
import { MAIL_POLICY, TICKET_MAIL_KINDS, personId } from '@muster/domain/shared';
import type { PersonId, RecordId, TeamId, TicketEvent } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { reachesOf } from './reaches.ts';
import type { Reach } from './reaches.ts';

export interface Receipt {
  readonly person: PersonId;
  readonly kind: string;
  /** When it was put into the person's inbox. */
  readonly toldAt: number;
  /** When the person read it in the product. */
  readonly seenAt: number | null;
  /** When the person said “I have it” to this call; null for other news, and while they have not. */
  readonly acknowledgedAt: number | null;
  /** How far its mail came; null when there is none. */
  readonly mail: Reach | null;
  /** How far it came with the device that it came farthest with; null when there is none. */
  readonly push: Reach | null;
}

const MOST = 100;
/** What calls staff to work and is for them alone; who read a reply is nobody else's business. */
const KINDS = TICKET_MAIL_KINDS.filter(
  (kind) => MAIL_POLICY[kind].audience === 'staff' && kind !== 'call-over',
);

/** The newest first, at most a hundred. */
export async function readReceipts(db: Kysely<Database>, record: RecordId): Promise<readonly Receipt[]> {
  const rows = await db
    .selectFrom('inbox_item')
    .select(['id', 'person', 'kind', 'at', 'read_at', 'detail'])
    .where('record', '=', record)
    .where('kind', 'in', KINDS)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  const reached = await reachesOf(
    db,
    rows.map(({ id }) => id),
  );
  const calls = rows.some(({ kind }) => kind === 'called') ? await readCalls(db, record) : [];
  return rows.map((row) => ({
    person: personId(row.person),
    kind: row.kind,
    toldAt: row.at,
    seenAt: row.read_at,
    acknowledgedAt: row.kind === 'called' ? answerTo(calls, row) : null,
    mail: reached(row.id, 'mail'),
    push: reached(row.id, 'push'),
  }));
}

/** A call of a team, with who said "I have it". */
interface Answered {
  readonly team: TeamId | null;
  readonly begunAt: number;
  answer: { readonly person: string; readonly at: number } | null;
}

/** Oldest first. */
async function readCalls(db: Kysely<Database>, record: RecordId): Promise<readonly Answered[]> {
  const rows = await db
    .selectFrom('event')
    .select(['data', 'actor', 'at', 'client_at'])
    .where('record', '=', record)
    .where('type', 'in', ['call-begun', 'call-acknowledged'])
    .orderBy('version')
    .execute();
  const calls: Answered[] = [];
  for (const { data, actor, at, client_at: saidAt } of rows) {
    const { type, team } = JSON.parse(data) as Extract<
      TicketEvent,
      { type: 'call-begun' | 'call-acknowledged' }
    >;
    const going = calls.findLast((call) => call.team === team);
    if (type === 'call-begun') calls.push({ team, begunAt: at, answer: null });
    else if (going !== undefined) {
      going.answer = { person: actor, at: Math.max(going.begunAt, Math.min(saidAt, at)) };
    }
  }
  return calls;
}

/** When a person answered the call that they were told of then. */
function answerTo(
  calls: readonly Answered[],
  told: { readonly person: string; readonly at: number; readonly detail: string },
): number | null {
  const { team } = JSON.parse(told.detail) as { readonly team: TeamId | null };
  const call = calls.findLast((each) => each.team === team && each.begunAt <= told.at);
  return call?.answer?.person === told.person ? call.answer.at : null;
}
