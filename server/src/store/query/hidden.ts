import type { Change, ChangeEvent, IsHidden } from '@muster/domain/change';
import type { Actor, RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { readable } from './readable.ts';

/** [CHG-107] Which of the incidents that changes or their events name an actor may not know of. */
export async function hiddenFrom(
  db: Kysely<Database>,
  actor: Actor,
  naming: readonly (Change | ChangeEvent)[],
): Promise<IsHidden> {
  const named = naming.flatMap((each): readonly (RecordId | null)[] => {
    if ('caused' in each) return each.caused.map(({ incident }) => incident);
    return 'incident' in each ? [each.incident] : [];
  });
  return hiddenAmong(db, actor, named);
}

/** Which of these incidents an actor may not know of. */
export async function hiddenAmong(
  db: Kysely<Database>,
  actor: Actor,
  named: readonly (RecordId | null)[],
): Promise<IsHidden> {
  const ids = [...new Set(named)].filter((id) => id !== null);
  if (ids.length === 0) return () => false;
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`)
    .where((record) =>
      record.or([record('restricted_to', 'is not', null), record('readers', 'is not', null)]),
    )
    // without a team this is null, which is not false
    .where((record) => sql<boolean>`not coalesce(${readable(actor)(record)}, false)`)
    .execute();
  const hidden = new Set<string>(rows.map(({ id }) => id));
  return (incident) => hidden.has(incident);
}
