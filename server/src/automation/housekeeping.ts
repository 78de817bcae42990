import type { Kysely } from 'kysely';
import { sweepExpiredSessions } from '../access/sessions.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/schema.ts';

const EVERY_MS = 60 * 60 * 1000;

/** Removes what is over and that nothing asks for any more, every hour. The answer stops it. */
export function startHousekeeping(db: Kysely<Database>, log: Logger): () => void {
  const timer = setInterval(() => {
    sweepExpiredSessions(db, Date.now()).catch((error: unknown) =>
      log.warn({ error }, 'housekeeping failed'),
    );
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
