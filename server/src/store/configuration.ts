/** Items, relations and their rules as they are kept. `item.<verb>`, `relation.<verb>`, `configuration.<verb>` write them. */
import { CONFIGURATION_RULES, DEFAULT_CONFIGURATION_RULES } from '@muster/domain/configuration';
import type { ConfigurationItem, ConfigurationRules, KeptRelation } from '@muster/domain/configuration';
import { personId, recordId } from '@muster/domain/shared';
import type { ItemId, RecordId } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import type {
  ConfigurationItemTable,
  ConfigurationRelationTable,
  ConfigurationRulesTable,
} from './schema-configuration.ts';
import type { Database } from './schema.ts';

/** An item that is a record of its own, as all that are kept here are. */
export type StoredItem = ConfigurationItem & { readonly id: RecordId };

export type RelationRow = Selectable<ConfigurationRelationTable>;

/** How long an item that was disposed of stays on the board; it leaves with the board's next epoch. */
export const DISPOSED_STAYS_MS = 90 * 24 * 60 * 60 * 1000;

export function itemOf({ data }: { readonly data: string }): StoredItem {
  return JSON.parse(data) as StoredItem;
}

export function itemColumns(
  item: ConfigurationItem,
): Omit<Selectable<ConfigurationItemTable>, 'id' | 'key' | 'live'> {
  return {
    number: item.number ?? '',
    class: item.class,
    name: item.name,
    state: item.state,
    owner: item.owner,
    team: item.team,
    criticality: item.criticality,
    version: item.version,
    updated_at: item.updatedAt,
    data: JSON.stringify(item),
  };
}

export function relationOf(row: RelationRow): KeptRelation {
  return {
    id: recordId(row.id),
    version: row.version,
    type: row.type,
    from: row.from_item as ItemId,
    to: row.to_item as ItemId,
    since: row.since,
    by: personId(row.since_by),
    until: row.until,
    removedBy: row.until_by === null ? null : personId(row.until_by),
  };
}

export function relationColumns(relation: KeptRelation): Omit<RelationRow, 'id' | 'key'> {
  return {
    type: relation.type,
    from_item: relation.from,
    to_item: relation.to,
    version: relation.version,
    since: relation.since,
    since_by: relation.by,
    until: relation.until,
    until_by: relation.removedBy,
  };
}

export function rulesOf({ data }: Pick<Selectable<ConfigurationRulesTable>, 'data'>): ConfigurationRules {
  return data === null ? DEFAULT_CONFIGURATION_RULES : (JSON.parse(data) as ConfigurationRules);
}

/** The rules that hold now. */
export async function readRules(db: Kysely<Database>): Promise<ConfigurationRules> {
  const row = await db
    .selectFrom('configuration_rules')
    .select('data')
    .where('id', '=', CONFIGURATION_RULES)
    .executeTakeFirst();
  return rulesOf(row ?? { data: null });
}
