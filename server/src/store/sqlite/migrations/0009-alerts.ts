import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Alerts of monitoring systems: who sends them, what is not worked off yet, what could not be read, and the episodes
 * with their groups. `alert_group` remembers where a group's alerts go and when it last began to fire;
 * `alert_group_label` finds groups that share a label; `alert_storm` is where those of a storm go; `alert_note` is
 * when each incident's history was last told, and whether there is news since.
 */
const STATEMENTS = [
  `create table alert_integration (
    id text primary key,
    name text not null,
    kind text not null,
    team text,
    service text,
    mapping text not null,
    numbers text not null,
    key_prefix text not null,
    key_hash text,
    made_by text not null,
    made_at integer not null,
    key_made_at integer not null,
    last_received_at integer,
    received integer not null default 0,
    malformed integer not null default 0,
    episodes integer not null default 0,
    folded integer not null default 0
  ) strict`,
  `create table alert_intake (
    seq integer primary key autoincrement,
    integration text not null references alert_integration (id),
    received_at integer not null,
    report text not null,
    done integer not null default 0,
    ended integer not null default 0
  ) strict`,
  `create table alert_malformed (
    id integer primary key autoincrement,
    integration text not null references alert_integration (id),
    at integer not null,
    reason text not null,
    body text not null
  ) strict`,
  `create index alert_malformed_of on alert_malformed (integration, id)`,
  `create table alert (
    integration text not null,
    group_key text not null,
    fingerprint text not null,
    starts_at integer not null,
    state text not null,
    record text,
    name text not null,
    labels text not null,
    url text,
    received_at integer not null,
    resolved_at integer,
    primary key (integration, group_key, fingerprint, starts_at)
  ) strict, without rowid`,
  `create index alert_of_record on alert (record, state, received_at)`,
  `create table alert_group (
    integration text not null,
    group_key text not null,
    record text,
    opened_at integer not null,
    truncated integer not null,
    primary key (integration, group_key)
  ) strict, without rowid`,
  `create index alert_group_opened on alert_group (integration, opened_at)`,
  `create index alert_group_record on alert_group (record)`,
  `create table alert_group_label (
    integration text not null,
    label text not null,
    value text not null,
    group_key text not null,
    opened_at integer not null,
    primary key (integration, label, group_key)
  ) strict, without rowid`,
  `create index alert_group_sharing on alert_group_label (integration, label, value, opened_at)`,
  `create table alert_storm (
    integration text not null,
    storm text not null,
    record text not null,
    primary key (integration, storm)
  ) strict, without rowid`,
  `create table alert_note (
    record text primary key,
    integration text not null,
    noted_at integer not null,
    change text,
    stance text
  ) strict, without rowid`,
  `create index alert_note_due on alert_note (noted_at) where change is not null`,
] as const;

export const alerts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
