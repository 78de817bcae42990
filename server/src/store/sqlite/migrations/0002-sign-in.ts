import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What the sign-in library keeps; it writes dates as ISO text. A person is its user, read through a view that
 * shows active people only: whoever is deactivated does not exist for it, and nothing is stored twice.
 */
const STATEMENTS = [
  `create view sign_in_person as
    select id, name, email, 1 as email_verified, null as image,
      strftime('%Y-%m-%dT%H:%M:%fZ', made_at / 1000.0, 'unixepoch') as made_at,
      strftime('%Y-%m-%dT%H:%M:%fZ', made_at / 1000.0, 'unixepoch') as updated_at
    from person where active = 1`,
  `create table session (
    id text primary key,
    token text not null unique,
    person text not null references person (id) on delete cascade,
    made_at text not null,
    updated_at text not null,
    expires_at text not null,
    ip_address text,
    user_agent text
  ) strict, without rowid`,
  `create index session_by_person on session (person)`,
  `create table account (
    id text primary key,
    person text not null references person (id) on delete cascade,
    provider text not null,
    account text not null,
    password text,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at text,
    refresh_token_expires_at text,
    scope text,
    made_at text not null,
    updated_at text not null,
    unique (provider, account)
  ) strict, without rowid`,
  `create index account_by_person on account (person)`,
  `create table verification (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at text not null,
    made_at text not null,
    updated_at text not null
  ) strict, without rowid`,
  `create index verification_by_identifier on verification (identifier)`,
] as const;

export const signInTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
