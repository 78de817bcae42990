/** People as SQL keeps them. Every change is one statement, so that each rule about them holds under races too. */
import { ROLES, personId, teamId } from '@muster/domain/shared';
import type { Person, PersonId, Role, TeamId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Insertable, Kysely } from 'kysely';
import type { AccountTable, PersonTable } from '../store/schema-people.ts';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: string;
  readonly active: number;
  readonly vip: number;
  readonly teams: string;
}

/** JSON array of a person's teams, in one order. */
const teamsOf = sql<string>`(
  select coalesce(json_group_array(team), '[]')
  from (select team from team_member where team_member.person = person.id order by team)
)`;

function selectPeople(db: Kysely<Database>) {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'roles', 'active', 'vip', teamsOf.as('teams')]);
}

/** A person, active or not; null when there is none. */
export async function findPerson(db: Kysely<Database>, id: PersonId): Promise<Person | null> {
  const row = await selectPeople(db).where('id', '=', id).executeTakeFirst();
  return row ? personOf(row) : null;
}

export async function findPersonByEmail(db: Kysely<Database>, email: string): Promise<Person | null> {
  const row = await selectPeople(db).where('email', '=', email).executeTakeFirst();
  return row ? personOf(row) : null;
}

/** Everybody but the persons that keys act as. */
export async function listPeople(db: Kysely<Database>): Promise<readonly Person[]> {
  const rows = await selectPeople(db)
    .where('id', 'not in', (machines) => machines.selectFrom('api_key').select('id'))
    .where('id', 'not in', (machines) => machines.selectFrom('alert_integration').select('id'))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(personOf);
}

export interface NewPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly vip?: boolean;
}

export interface NewMember extends NewPerson {
  readonly account: Insertable<AccountTable>;
  /** Each once. */
  readonly teams: readonly TeamId[];
}

function rowOf(person: NewPerson, now: number): Insertable<PersonTable> {
  return {
    id: person.id,
    name: person.name,
    email: person.email.toLowerCase(),
    roles: JSON.stringify(person.roles),
    active: 1,
    vip: person.vip === true ? 1 : 0,
    made_at: now,
  };
}

/**
 * Adds a person with their account and teams wholly or not at all: half of one could neither sign in nor be made
 * again. False when the email is taken.
 */
export async function insertMember(
  store: Pick<Store, 'writer' | 'together'>,
  member: NewMember,
  now: number,
): Promise<boolean> {
  const { writer } = store;
  try {
    await store.together([
      writer.insertInto('person').values(rowOf(member, now)),
      writer.insertInto('account').values(member.account),
      ...member.teams.map((team) => writer.insertInto('team_member').values({ team, person: member.id })),
    ]);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE') return false;
    throw error;
  }
}

/** False when the email is taken; nothing is changed then. */
export async function insertPerson(db: Kysely<Database>, person: NewPerson, now: number): Promise<boolean> {
  const result = await db
    .insertInto('person')
    .values(rowOf(person, now))
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export interface PersonChange {
  readonly name?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly active?: boolean | undefined;
  readonly vip?: boolean | undefined;
}

/** False when it would leave nobody who administers, or when there is no such person. */
export async function updatePerson(
  db: Kysely<Database>,
  id: PersonId,
  change: PersonChange,
): Promise<boolean> {
  const set = {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.roles !== undefined && { roles: JSON.stringify(change.roles) }),
    ...(change.active !== undefined && { active: change.active ? 1 : 0 }),
    ...(change.vip !== undefined && { vip: change.vip ? 1 : 0 }),
  };
  if (Object.keys(set).length === 0) return true;
  const demotes =
    change.active === false || (change.roles !== undefined && !change.roles.includes('administrator'));
  const result = await db
    .updateTable('person')
    .set(set)
    .where('id', '=', id)
    .$if(demotes, (query) => query.where(someOtherAdministrator(id)))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

const isAdministrator = sql<boolean>`exists (select 1 from json_each(person.roles) where value = 'administrator')`;

/** True for a person who does not administer, and while another active person does. */
function someOtherAdministrator(id: PersonId) {
  return sql<boolean>`(
    not (active = 1 and ${isAdministrator})
    or exists (
      select 1 from person as other, json_each(other.roles) as role
      where other.id <> ${id} and other.active = 1 and role.value = 'administrator'
    )
  )`;
}

/** Sets the teams of a person in two statements: those no longer theirs, then the new ones. */
export async function setTeams(
  db: Kysely<Database>,
  person: PersonId,
  teams: readonly TeamId[],
): Promise<void> {
  const leaving = db.deleteFrom('team_member').where('person', '=', person);
  await (teams.length === 0 ? leaving : leaving.where('team', 'not in', [...teams])).execute();
  if (teams.length === 0) return;
  await db
    .insertInto('team_member')
    .values(teams.map((team) => ({ team, person })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether anybody administers this desk: imports and keys may have brought people before the first one does. */
export async function hasAdministrator(db: Kysely<Database>): Promise<boolean> {
  const found = await db.selectFrom('person').select('id').where(isAdministrator).limit(1).executeTakeFirst();
  return found !== undefined;
}

function personOf(row: PersonRow): Person {
  return {
    id: personId(row.id),
    name: row.name,
    email: row.email,
    roles: rolesOf(row.roles),
    teams: (JSON.parse(row.teams) as string[]).map(teamId),
    active: row.active === 1,
    vip: row.vip === 1,
  };
}

/** Roles of another version of Muster grant nothing here. */
export function rolesOf(json: string): readonly Role[] {
  const stored: unknown = JSON.parse(json);
  return Array.isArray(stored) ? ROLES.filter((role) => stored.includes(role)) : [];
}
