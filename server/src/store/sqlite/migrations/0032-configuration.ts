import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Items, relations that stand and that stood, and the rules of both. Their events are in `event`. */
const STATEMENTS = [
  `create table configuration_item (
    id text primary key,
    key integer not null unique,
    number text not null unique,
    class text not null,
    name text not null,
    state text not null,
    owner text,
    team text,
    criticality integer,
    version integer not null,
    updated_at integer not null,
    live integer not null,
    data text not null
  ) strict, without rowid`,
  `create index configuration_item_by_update on configuration_item (updated_at desc, id desc)`,
  `create index configuration_item_by_name on configuration_item (lower(name), class)`,
  `create table configuration_relation (
    id text primary key,
    key integer not null unique,
    type text not null,
    from_item text not null,
    to_item text not null,
    version integer not null,
    since integer not null,
    since_by text not null,
    until integer,
    until_by text
  ) strict, without rowid`,
  `create index configuration_relation_from on configuration_relation (from_item, since)`,
  `create index configuration_relation_to on configuration_relation (to_item, since)`,
  `create table configuration_rules (
    id text primary key,
    version integer not null,
    updated_at integer not null,
    data text
  ) strict, without rowid`,
  `insert into configuration_rules (id, version, updated_at, data)
   values ('00000000000000000000000CFG', 0, 0, null)`,
  `drop index document_by_kind`,
  `create index document_by_kind on document (kind)
   where kind in (
     'board', 'directory', 'notice', 'oncall', 'change-board', 'release-board', 'meeting-board', 'rules',
     'configuration-board', 'configuration-rules'
   )`,
] as const;

export const configuration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
