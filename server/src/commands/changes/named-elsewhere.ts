/** What a change names outside of itself, looked at before the rules are: they know neither announcements nor incidents. */
import type { ChangeAct } from '@muster/domain/change';
import { canReadConfiguration } from '@muster/domain/configuration';
import { SYSTEM, canRead, isRestricted, ok, refuse } from '@muster/domain/shared';
import type { Actor, RecordId, RefusalContent, Result } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { findIncident } from './around-change.ts';

/** The act with what the server knows better than its author, or why it may not name what it names. */
export async function withNamed(
  db: Kysely<Database>,
  act: ChangeAct,
  target: RecordId,
  actor: Actor,
): Promise<Result<ChangeAct, RefusalContent>> {
  switch (act.verb) {
    case 'note-caused': {
      const incident = await findIncident(db, act.incident);
      // every reader of changes will see that it is there
      const isFit = incident?.process === 'incident' && canRead(actor, incident) && !isRestricted(incident);
      return isFit ? ok({ ...act, priority: incident.priority }) : unknown(act.incident);
    }
    case 'unnote-caused': {
      const incident = await findIncident(db, act.incident);
      // answered alike: whether one is there is not told
      return incident !== null && canRead(actor, incident) ? ok(act) : unknown(act.incident);
    }
    case 'note-announcement':
      return actor.id === SYSTEM ? ok(act) : await withAnnouncement(db, act, target);
    case 'plan-values':
      return await withItems(db, act, actor);
    default:
      return ok(act);
  }
}

/** Items and relations that there are, for whoever may read them. */
async function withItems(
  db: Kysely<Database>,
  act: Extract<ChangeAct, { readonly verb: 'plan-values' }>,
  actor: Actor,
): Promise<Result<ChangeAct, RefusalContent>> {
  const items = act.values.flatMap((value) => ('item' in value ? [value.item] : []));
  const relations = act.values.flatMap((value) => (value.kind === 'unrelate' ? [value.relation] : []));
  const found = new Set<string>();
  for (const [table, ids] of [
    ['configuration_item', items],
    ['configuration_relation', relations],
  ] as const) {
    if (ids.length === 0 || !canReadConfiguration(actor)) continue;
    const rows = await db.selectFrom(table).select('id').where('id', 'in', ids).execute();
    for (const { id } of rows) found.add(id);
  }
  const missing = [...items, ...relations].find((id) => !found.has(id));
  return missing === undefined ? ok(act) : unknown(missing as RecordId);
}

/** One that is there, and goes with no other change: two would move it to and fro. */
async function withAnnouncement(
  db: Kysely<Database>,
  act: Extract<ChangeAct, { readonly verb: 'note-announcement' }>,
  target: RecordId,
): Promise<Result<ChangeAct, RefusalContent>> {
  const { announcement } = act;
  const row = await db
    .selectFrom('announcement')
    .select('id')
    .where('id', '=', announcement)
    .executeTakeFirst();
  if (row === undefined) return unknown(announcement);
  const { rows } = await sql<{ id: string }>`
    select change.id from change, json_each(change.data, '$.announcements') as named
    where change.id <> ${target} and named.value = ${announcement} limit 1
  `.execute(db);
  return rows.length === 0
    ? ok(act)
    : refuse({ code: 'change/invalid-value', field: 'announcement', value: announcement });
}

function unknown(item: RecordId): Result<never, RefusalContent> {
  return refuse({ code: 'change/unknown-item', item });
}
