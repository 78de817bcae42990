/**
 * Acts on many relations that follow from one act: each is decided on the map that those before it left, as commands
 * are, and all of them are kept and shown as one. Commands of their own would hold up everybody else's for seconds.
 */
import { decideRelation, evolveRelation } from '@muster/domain/configuration';
import type { KeptRelation, RelationAct, RelationEvent } from '@muster/domain/configuration';
import type { RecordId, Recorded } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { relationColumns, relationOf } from '../../store/configuration.ts';
import type { Database } from '../../store/schema.ts';
import type { Doing } from '../acts.ts';
import type { ShownRelation } from '../projection.ts';
import type { ConfigurationParts } from './configuration-parts.ts';

export interface RelationStep {
  readonly target: RecordId;
  readonly act: RelationAct;
}

interface StoredRelation {
  readonly key: number;
  readonly state: KeptRelation;
}

/** Rows that one statement carries; SQLite allows 32,766 values in it. */
const ROWS_AT_ONCE = 500;

/** @throws When one of them is refused: half of what follows is worse than none */
export async function actOnRelations(
  parts: ConfigurationParts,
  steps: readonly RelationStep[],
  { actor, at, clientAt }: Omit<Doing, 'command'>,
): Promise<void> {
  const { configuration, db, events, projection } = parts;
  const facts = await configuration.facts();
  const stored = await storedOf(
    db,
    steps.map(({ target }) => target),
  );
  const head = await events.head();
  let key = await lastKey(db);
  const shown: ShownRelation[] = [];
  const chained: { record: RecordId; recorded: Recorded<RelationEvent> }[] = [];
  for (const { target, act } of steps) {
    const standing = stored.get(target);
    const verdict = decideRelation(standing?.state ?? null, act, { actor, target, facts });
    if (!verdict.ok) throw new Error(`relation.${act.verb} of ${target}: ${verdict.refusal.code}`);
    let after = standing?.state ?? null;
    const ofThis: Recorded<RelationEvent>[] = [];
    for (const event of verdict.value.events) {
      const place = { seq: head.seq + chained.length + 1, version: (after?.version ?? 0) + 1 };
      const recorded = { ...place, event, actor: actor.id, at, clientAt };
      after = evolveRelation(after, event, recorded, target);
      ofThis.push(recorded);
      chained.push({ record: target, recorded });
    }
    if (after === null) continue;
    shown.push({ after, recorded: ofThis, key: standing?.key ?? (key += 1) });
    projection.noteRelation(after);
  }
  await events.append(head.hash, chained);
  await keep(db, shown, stored);
  await projection.showRelations(shown);
}

async function storedOf(
  db: Kysely<Database>,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, StoredRelation>> {
  const stored = new Map<RecordId, StoredRelation>();
  for (const some of inSlices(ids)) {
    const rows = await db.selectFrom('configuration_relation').selectAll().where('id', 'in', some).execute();
    for (const row of rows) stored.set(row.id as RecordId, { key: row.key, state: relationOf(row) });
  }
  return stored;
}

async function lastKey(db: Kysely<Database>): Promise<number> {
  const last = await db
    .selectFrom('configuration_relation')
    .select(({ fn }) => fn.max('key').as('key'))
    .executeTakeFirst();
  return last?.key ?? 0;
}

async function keep(
  db: Kysely<Database>,
  shown: readonly ShownRelation[],
  stored: ReadonlyMap<RecordId, StoredRelation>,
): Promise<void> {
  const rowOf = ({ after, key }: ShownRelation) => ({ ...relationColumns(after), id: after.id, key });
  const isStored = ({ after }: ShownRelation) => stored.has(after.id);
  for (const some of inSlices(shown.filter((each) => !isStored(each)))) {
    await db.insertInto('configuration_relation').values(some.map(rowOf)).execute();
  }
  for (const some of inSlices(shown.filter(isStored))) {
    await db
      .insertInto('configuration_relation')
      .values(some.map(rowOf))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          version: ref('excluded.version'),
          until: ref('excluded.until'),
          until_by: ref('excluded.until_by'),
        })),
      )
      .execute();
  }
}

function* inSlices<Each>(all: readonly Each[]): Iterable<readonly Each[]> {
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE) yield all.slice(from, from + ROWS_AT_ONCE);
}
