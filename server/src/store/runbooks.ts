/** Runbooks, by id. */
import type { Runbook } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { readKept, removeKept, writeKept } from './kept-settings.ts';
import type { Database } from './schema.ts';

const PREFIX = 'runbook.';

export const readRunbooks = (db: Kysely<Database>) => readKept<Runbook>(db, PREFIX);

/** Keeps a runbook in place of the version before it. False when that is not the present one. */
export const writeRunbook = (db: Kysely<Database>, runbook: Runbook, now: number) =>
  writeKept(db, PREFIX, runbook, now);

/** False when the version is not the present one, or there is none. */
export const removeRunbook = (db: Kysely<Database>, id: string, version: number) =>
  removeKept(db, PREFIX, id, version);
