import type { PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/** A place where a person is signed in, as they see it. */
export interface SessionSummary {
  readonly id: string;
  /** Epoch ms. */
  readonly signedInAt: number;
  readonly expiresAt: number;
  /** What the browser called itself. */
  readonly device: string | null;
}

export async function listSessions(
  db: Kysely<Database>,
  person: PersonId,
  now: number,
): Promise<readonly SessionSummary[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'made_at', 'expires_at', 'user_agent'])
    .where('person', '=', person)
    .where('expires_at', '>', new Date(now).toISOString())
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    signedInAt: Date.parse(row.made_at),
    expiresAt: Date.parse(row.expires_at),
    device: row.user_agent,
  }));
}

/** Ends one session of a person, or all of them; the ids of those ended. */
export async function endSessions(
  db: Kysely<Database>,
  person: PersonId,
  only?: string,
): Promise<readonly string[]> {
  const ended = await db
    .deleteFrom('session')
    .where('person', '=', person)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .returning('id')
    .execute();
  return ended.map((row) => row.id);
}

/** Removes sessions that ran out some time ago. */
export async function sweepExpiredSessions(db: Kysely<Database>, now: number): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<', new Date(now).toISOString()).execute();
}
