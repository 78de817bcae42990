/** A configuration item. Its events are in `event`, with its id as their record. */
export interface ConfigurationItemTable {
  id: string;
  /** What the board knows it by. */
  key: number;
  number: string;
  class: string;
  name: string;
  state: string;
  owner: string | null;
  team: string | null;
  criticality: number | null;
  version: number;
  updated_at: number;
  /** 1 while it has a row on the board. */
  live: number;
  /** JSON: ConfigurationItem. */
  data: string;
}

/** A relation between two items or services, also one that is no more. Its events are in `event`. */
export interface ConfigurationRelationTable {
  id: string;
  key: number;
  type: string;
  from_item: string;
  to_item: string;
  version: number;
  since: number;
  since_by: string;
  until: number | null;
  until_by: string | null;
}

/** What a source of imports calls an item. */
export interface ConfigurationOriginTable {
  source: string;
  key: string;
  item: string;
}

/** Classes and types of relations: one row, whose events are in `event`. */
export interface ConfigurationRulesTable {
  id: string;
  version: number;
  updated_at: number;
  /** JSON: ConfigurationRules; null for those that a desk begins with. */
  data: string | null;
}

/** A moment of the configuration by a name. One that was removed stays, with who removed it. */
export interface ConfigurationBaselineTable {
  id: string;
  name: string;
  note: string;
  /** The moment that it names. */
  at: number;
  /** Id of the item that it is about, with its neighbours; null for all. */
  scope: string | null;
  made_by: string;
  made_at: number;
  removed_by: string | null;
  removed_at: number | null;
}
