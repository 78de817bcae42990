/** By which sources an item came, and who made it: what imports keep of it, and its history. */
import { canReadConfiguration } from '@muster/domain/configuration';
import type { ItemEvent } from '@muster/domain/configuration';
import type { Actor, Instant, PersonId, RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { findByReference } from '../../store/query/index.ts';
import type { Database } from '../../store/schema.ts';
import { importedIdOf } from './present.ts';

export interface ItemOrigins {
  /** Null of what no history tells. */
  readonly made: { readonly by: PersonId; readonly at: Instant } | null;
  readonly sources: readonly ItemSource[];
}

export interface ItemSource {
  /** The format, and behind a space what the file is called where it has a name. */
  readonly source: string;
  /** What the source calls the item. */
  readonly key: string;
  /** Whether the item was made by an import of it; the others found what was there. */
  readonly made: boolean;
}

/** Null for what is not there and for whoever may not read it. */
export async function readOrigins(
  db: Kysely<Database>,
  actor: Actor,
  reference: string,
): Promise<ItemOrigins | null> {
  const id = canReadConfiguration(actor) ? await findByReference(db, 'configuration_item', reference) : null;
  if (id === null) return null;
  const history = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('type', 'in', ['made', 'joined-into'])
    .orderBy('seq')
    .execute();
  const events = history.map((row) => recordedOf<ItemEvent>(row));
  const made = events.find(({ event }) => event.type === 'made');
  const into = events.flatMap(({ event }) => (event.type === 'joined-into' ? [event.into] : []));
  return {
    made: made === undefined ? null : { by: made.actor, at: made.at },
    sources: await sourcesOf(db, id, into),
  };
}

/** @param into What it was joined into: earlier versions moved there what its source calls it */
async function sourcesOf(
  db: Kysely<Database>,
  id: RecordId,
  into: readonly string[],
): Promise<readonly ItemSource[]> {
  const rows = await db
    .selectFrom('configuration_origin')
    .selectAll()
    .where('item', 'in', [id, ...into])
    .orderBy('source')
    .orderBy('key')
    .execute();
  const named = rows.map((row) => ({ ...row, made: importedIdOf(row.source, row.key) }));
  const others = new Set(named.map(({ made }) => made).filter((made) => made !== id));
  const standing = await db
    .selectFrom('configuration_item')
    .select('id')
    .where('id', 'in', [...others])
    .execute();
  const there = new Set(standing.map((each) => each.id));
  // as imports find it: what a source brought itself is known by its id, whatever is kept beside it
  return named
    .filter(({ made, item }) => made === id || (item === id && !there.has(made)))
    .map(({ source, key, made }) => ({ source, key, made: made === id }));
}
