/**
 * What decisions about the configuration look at, kept in the writer's memory: rules, map, and which item is identified
 * by what. Read once and from then on followed: a command costs what it changes, however large the map is.
 */
import {
  DependencyMap,
  SERVICE_CLASS,
  classesOf,
  healthRulesOf,
  identityOf,
  isRetired,
  typesOf,
} from '@muster/domain/configuration';
import type {
  AttributeValue,
  ConfigurationFacts,
  ConfigurationItem,
  ConfigurationRules,
  KeptRelation,
  MappedItem,
} from '@muster/domain/configuration';
import type { Directory, ItemId, ServiceId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { itemOf, readRules, relationOf } from '../../store/configuration.ts';
import type { RelationRow } from '../../store/configuration.ts';
import { hasOpenIncidents } from '../../store/open-incidents.ts';
import type { Database } from '../../store/schema.ts';
import type { Statements } from '../../store/sqlite/statements.ts';
import type { WriteUnit } from '../../store/sqlite/write-unit.ts';

interface Known {
  readonly rules: ConfigurationRules;
  readonly governance: Pick<ConfigurationFacts, 'classes' | 'types'>;
  readonly map: DependencyMap;
  readonly identities: Map<string, ItemId>;
  /** Of the directory whose services are on the map. */
  services: Directory['services'];
}

export class ConfigurationBook {
  readonly #db: Kysely<Database>;
  readonly #statements: Statements;
  readonly #directory: () => Promise<Directory>;
  #known: Known | null = null;

  constructor(parts: {
    readonly db: Kysely<Database>;
    readonly statements: Statements;
    readonly directory: () => Promise<Directory>;
  }) {
    this.#db = parts.db;
    this.#statements = parts.statements;
    this.#directory = parts.directory;
  }

  async rules(): Promise<ConfigurationRules> {
    return this.#known?.rules ?? (await readRules(this.#db));
  }

  async facts(): Promise<ConfigurationFacts> {
    const known = (this.#known ??= this.#read(await readRules(this.#db)));
    this.#followServices(known, (await this.#directory()).services);
    return {
      ...known.governance,
      map: known.map,
      health: healthRulesOf(known.rules),
      identifiedBy: (definer, attribute, value) => known.identities.get(keyOf(definer, attribute, value)),
      hasOpenIncidents: (item) =>
        [item, ...known.map.joinedInto(item)].some((each) => hasOpenIncidents(this.#statements, each)),
    };
  }

  /** All items, for rules that look at each. */
  *items(): Iterable<ConfigurationItem> {
    const rows = this.#statements.prepare('select data from configuration_item').iterate();
    for (const row of rows as Iterable<{ readonly data: string }>) yield itemOf(row);
  }

  noteItem(unit: WriteUnit, before: ConfigurationItem | null, after: ConfigurationItem): void {
    const known = this.#altered(unit);
    if (known === null) return;
    for (const key of before === null ? [] : identitiesOf(known, before))
      if (known.identities.get(key) === before?.id) known.identities.delete(key);
    for (const key of identitiesOf(known, after)) known.identities.set(key, after.id);
    known.map.put(after);
  }

  noteRelation(unit: WriteUnit, relation: KeptRelation): void {
    const known = this.#altered(unit);
    if (relation.until === null) known?.map.relate(relation);
    else known?.map.unrelate(relation.id);
  }

  /** Rules are others now: everything is read anew when somebody next asks. */
  forget(unit: WriteUnit): void {
    this.#altered(unit);
    this.#known = null;
  }

  #altered(unit: WriteUnit): Known | null {
    unit.onUndo(() => {
      this.#known = null;
    });
    return this.#known;
  }

  #read(rules: ConfigurationRules): Known {
    const governance = { classes: classesOf(rules), types: typesOf(rules) };
    const map = new DependencyMap(governance.types);
    const known: Known = { rules, governance, map, identities: new Map(), services: new Map() };
    for (const item of this.items()) {
      map.put(item);
      for (const key of identitiesOf(known, item)) known.identities.set(key, item.id);
    }
    const relations = this.#statements
      .prepare('select * from configuration_relation where until is null')
      .iterate() as Iterable<RelationRow>;
    for (const row of relations) map.relate(relationOf(row));
    return known;
  }

  #followServices(known: Known, services: Directory['services']): void {
    if (known.services === services) return;
    for (const id of known.services.keys()) if (!services.has(id)) known.map.take(id);
    for (const id of services.keys()) if (!known.services.has(id)) known.map.put(serviceItem(id));
    known.services = services;
  }
}

function serviceItem(id: ServiceId): MappedItem {
  return { id, class: SERVICE_CLASS, state: 'in_service', redundancy: [] };
}

function identitiesOf(
  { governance }: Pick<Known, 'governance'>,
  { class: itemClass, attributes, state }: ConfigurationItem,
): readonly string[] {
  if (isRetired(state)) return [];
  return identityOf(governance.classes, itemClass).flatMap(({ definer, attribute }) => {
    const value = attributes[attribute];
    return value === undefined ? [] : [keyOf(definer, attribute, value)];
  });
}

function keyOf(definer: string, attribute: string, value: AttributeValue): string {
  return JSON.stringify([definer, attribute, value]);
}
