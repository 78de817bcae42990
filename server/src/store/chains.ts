/** Call chains, by the id of their team. */
import type { Chain } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { readKept, removeKept, writeKept } from './kept-settings.ts';
import type { Database } from './schema.ts';

const PREFIX = 'chain.';

export const readChains = (db: Kysely<Database>) => readKept<Chain>(db, PREFIX);

/** Keeps a chain in place of the version before it. False when that is not the present one. */
export const writeChain = (db: Kysely<Database>, chain: Chain, now: number) =>
  writeKept(db, PREFIX, chain, now);

/** False when the version is not the present one, or there is none. */
export const removeChain = (db: Kysely<Database>, id: string, version: number) =>
  removeKept(db, PREFIX, id, version);
