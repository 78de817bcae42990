/** What there is already, as far as an import goes by it. */
import { SERVICE_CLASS, classesOf, typesOf } from '@muster/domain/configuration';
import type { ConfigurationItem, KeptRelation, Present } from '@muster/domain/configuration';
import type { ItemId, RecordId, Service } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { itemOf, readRules, relationOf } from '../../store/configuration.ts';
import { loadDirectory } from '../../store/directory.ts';
import type { Database } from '../../store/schema.ts';
import { stableId, stableRecordId } from '../stable-id.ts';

export interface PresentConfiguration extends Present {
  readonly relations: readonly KeptRelation[];
  /** How often two items were related by a type and are no more. */
  readonly relatedBefore: (relation: Pick<KeptRelation, 'type' | 'from' | 'to'>) => number;
  /** Counts everything that ever happened on the desk. */
  readonly seq: number;
}

export async function presentConfiguration(
  db: Kysely<Database>,
  source: string,
): Promise<PresentConfiguration> {
  const last = await db
    .selectFrom('event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  const rules = await readRules(db);
  const { services } = await loadDirectory(db);
  const rows = await db.selectFrom('configuration_item').select('data').execute();
  const relations = (await db.selectFrom('configuration_relation').selectAll().execute()).map(relationOf);
  const origins = await db
    .selectFrom('configuration_origin')
    .select(['key', 'item'])
    .where('source', '=', source)
    .execute();
  const items = new Map(
    [...[...services.values()].map(serviceItem), ...rows.map(itemOf)].map((item) => [item.id, item]),
  );
  const idOf = (key: string): ItemId => importedIdOf(source, key);
  const before = new Map<string, number>();
  for (const relation of relations)
    if (relation.until !== null) before.set(nameOf(relation), (before.get(nameOf(relation)) ?? 0) + 1);
  const relatedBefore = (relation: Pick<KeptRelation, 'type' | 'from' | 'to'>): number =>
    before.get(nameOf(relation)) ?? 0;
  return {
    ...{ classes: classesOf(rules), types: typesOf(rules) },
    items,
    relations: relations.filter(({ until }) => until === null),
    // what the source brought itself is known by its id, also where a joining moved its name to another once
    known: new Map(
      origins.map(({ key, item }) => [key, items.has(idOf(key)) ? idOf(key) : (item as ItemId)]),
    ),
    idOf,
    relatedBefore,
    isOwn: (relation) => relation.id === relationIdOf(source, relation, relatedBefore(relation)),
    seq: Number(last?.seq ?? 0),
  };
}

/** The id of an item that an import makes. */
export function importedIdOf(source: string, key: string): RecordId {
  return stableRecordId(`configuration ${source}`, key);
}

/** The id of a relation that an import makes; one that was removed stays known: the two are related anew by another. */
export function relationIdOf(
  source: string,
  relation: Pick<KeptRelation, 'type' | 'from' | 'to'>,
  relatedBefore: number,
): string {
  return stableId(source, 'relation', `${nameOf(relation)} ${relatedBefore}`);
}

export function nameOf({ type, from, to }: Pick<KeptRelation, 'type' | 'from' | 'to'>): string {
  return `${type} ${from} ${to}`;
}

/** A service of the directory stands on the map, and no import changes it. */
function serviceItem({ id, name }: Service): ConfigurationItem {
  return {
    ...{ id, name, version: 0, number: null, class: SERVICE_CLASS, state: 'in_service' },
    ...{ owner: null, team: null, criticality: null, attributes: {}, redundancy: [] },
    ...{ suspended: null, updatedAt: 0 },
  };
}
