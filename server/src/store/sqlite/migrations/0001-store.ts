import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables of the store. STRICT makes SQLite refuse a value of another type than the column's. */
const STATEMENTS = [
  `create table instance (
    id integer primary key check (id = 1),
    name text not null,
    generation integer not null,
    commits integer not null,
    backup_taken_at integer,
    last_backup_at integer
  ) strict`,
  `create table document (
    name text primary key,
    kind text not null,
    base text not null,
    epoch integer not null,
    server_client_id integer not null,
    layout integer not null,
    restricted_to text,
    snapshot_seq integer not null default 0,
    head_seq integer not null default 0,
    bytes integer not null default 0,
    made_at integer not null,
    frozen_at integer,
    damaged_at integer,
    failed_compactions integer not null default 0
  ) strict, without rowid`,
  `create index document_by_base on document (base, epoch)`,
  `create index document_by_kind on document (kind) where kind in ('board', 'directory', 'notice')`,
  `create table document_update (
    name text not null references document (name) on delete cascade,
    seq integer not null,
    person text not null,
    session text not null,
    bin blob not null,
    crc integer not null,
    at integer not null,
    primary key (name, seq)
  ) strict`,
  `create table document_snapshot (
    name text not null references document (name) on delete cascade,
    seq integer not null,
    bin blob not null,
    sha256 text not null,
    at integer not null,
    primary key (name, seq)
  ) strict`,
  `create table client_binding (
    name text not null references document (name) on delete cascade,
    client_id integer not null,
    person text not null,
    primary key (name, client_id)
  ) strict, without rowid`,
  `create table rejected_update (
    id integer primary key,
    name text not null,
    person text not null,
    bin blob not null,
    code text not null,
    at integer not null
  ) strict`,
  `create index rejected_update_by_person on rejected_update (person, at)`,
  `create table command (
    id text primary key,
    person text not null,
    type text not null,
    target text not null,
    args text not null,
    outcome text not null,
    at integer not null
  ) strict, without rowid`,
  `create table event (
    seq integer primary key,
    record text not null,
    version integer not null,
    type text not null,
    data text not null,
    actor text not null,
    at integer not null,
    client_at integer not null,
    prev_hash text not null,
    hash text not null,
    unique (record, version)
  ) strict`,
  `create table record (
    key integer primary key,
    id text not null unique,
    process text not null,
    number text unique,
    version integer not null,
    state text not null,
    title text not null,
    kind text not null,
    priority integer not null,
    impact integer not null,
    urgency integer not null,
    requester text not null,
    team text,
    owner text,
    service text,
    category text,
    channel text not null,
    restricted_to text,
    created_at integer not null,
    updated_at integer not null,
    resolved_at integer,
    closed_at integer,
    snoozed_until integer,
    merged_into text,
    source text,
    external_id text,
    import_hash text,
    import_events integer,
    live integer not null,
    data text not null,
    unique (source, external_id)
  ) strict`,
  `create index record_by_update on record (process, updated_at desc, id desc)`,
  `create index record_by_change on record (updated_at desc, id desc)`,
  `create index record_by_requester on record (requester, updated_at desc)`,
  `create index record_by_state on record (process, state, updated_at desc)`,
  `create index record_by_owner on record (owner, updated_at desc) where owner is not null`,
  `create index record_live on record (process, restricted_to) where live = 1`,
  `create virtual table record_text using fts5 (
    number, title, description, conversation, notes,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  `create table alias (
    token text not null,
    record text not null references record (id),
    primary key (token, record)
  ) strict, without rowid`,
  `create table counter (
    process text not null,
    year integer not null,
    next integer not null,
    primary key (process, year)
  ) strict, without rowid`,
  `create table inbox_item (
    id text primary key,
    person text not null,
    at integer not null,
    kind text not null,
    process text,
    record text,
    detail text not null,
    read_at integer
  ) strict, without rowid`,
  `create index inbox_item_by_person on inbox_item (person, at)`,
  `create table person (
    id text primary key,
    name text not null,
    email text not null unique collate nocase,
    roles text not null,
    active integer not null default 1,
    vip integer not null default 0,
    made_at integer not null
  ) strict, without rowid`,
  `create table team (
    id text primary key,
    name text not null,
    lead text references person (id)
  ) strict, without rowid`,
  `create table team_member (
    team text not null references team (id) on delete cascade,
    person text not null references person (id) on delete cascade,
    primary key (team, person)
  ) strict, without rowid`,
  `create table service (
    id text primary key,
    name text not null,
    team text references team (id),
    criticality integer not null
  ) strict, without rowid`,
  `create table setting (
    key text primary key,
    value text not null,
    updated_at integer not null
  ) strict, without rowid`,
  `create table invitation (
    id text primary key,
    token_hash text not null unique,
    email text not null,
    name text,
    roles text not null,
    teams text not null,
    invited_by text not null,
    made_at integer not null,
    expires_at integer not null,
    used_at integer
  ) strict, without rowid`,
  `create table api_key (
    id text primary key,
    name text not null,
    prefix text not null,
    token_hash text not null unique,
    scopes text not null,
    made_by text not null,
    made_at integer not null,
    expires_at integer,
    last_used_at integer,
    revoked_at integer
  ) strict, without rowid`,
  `create table notice (
    id text primary key,
    kind text not null,
    title text not null,
    text text not null,
    service text references service (id),
    at integer not null,
    until integer,
    made_by text not null
  ) strict, without rowid`,
] as const;

export const storeTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
