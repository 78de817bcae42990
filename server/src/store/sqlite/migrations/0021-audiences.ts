import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Announcements for named teams; those of before are for everybody, and say so as the ones since do. Announcements by
 * mail, and people without an account who get them.
 */
const STATEMENTS = [
  `alter table announcement add column audience text`,
  `update announcement set data = json_set(data, '$.audience', json('[]'), '$.told', json((
    select json_group_array(json_set(told.value, '$.before', null))
    from json_each(announcement.data, '$.told') as told)))`,
  `update announcement_event set data = json_set(data, '$.fields.audience', json('[]'))
    where data ->> '$.type' = 'created'`,
  `alter table delivery add column rank integer not null default 0`,
  `alter table delivery add column notice integer`,
  `alter table delivery add column subscriber text`,
  `create index delivery_next on delivery (state, rank, next_at, id)`,
  `drop index delivery_due`,
  `create table announcement_mail (
    id integer primary key,
    announcement text not null references announcement (id),
    version integer not null,
    told text not null,
    stage text not null,
    after text not null,
    unique (announcement, version)
  ) strict`,
  `create index announcement_mail_open on announcement_mail (id) where stage <> 'done'`,
  `create table status_subscriber (
    id text primary key,
    address text not null unique,
    asked_at integer not null,
    confirmed_at integer
  ) strict, without rowid`,
] as const;

export const audiences: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
