/** Teams and services: enough for a fresh desk to be put in order by its administrator. */
import { personId, serviceId, teamId } from '@muster/domain/shared';
import type { PersonId, Service, ServiceId, Team, TeamId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

export async function listTeams(db: Kysely<Database>): Promise<readonly Team[]> {
  const rows = await db
    .selectFrom('team')
    .select(['id', 'name', 'lead'])
    .select(
      sql<string>`(select coalesce(json_group_array(person), '[]')
        from (select person from team_member where team = team.id order by person))`.as('members'),
    )
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    id: teamId(row.id),
    name: row.name,
    lead: row.lead === null ? null : personId(row.lead),
    members: (JSON.parse(row.members) as string[]).map(personId),
  }));
}

/** Those of `teams` that do not exist. */
export async function unknownTeams(
  db: Kysely<Database>,
  teams: readonly TeamId[],
): Promise<readonly TeamId[]> {
  if (teams.length === 0) return [];
  const rows = await db
    .selectFrom('team')
    .select('id')
    .where('id', 'in', [...teams])
    .execute();
  const known = new Set(rows.map((row) => row.id));
  return teams.filter((team) => !known.has(team));
}

/** Those of `services` that do not exist. */
export async function unknownServices(
  db: Kysely<Database>,
  services: readonly ServiceId[],
): Promise<readonly ServiceId[]> {
  if (services.length === 0) return [];
  const rows = await db
    .selectFrom('service')
    .select('id')
    .where('id', 'in', [...services])
    .execute();
  const known = new Set(rows.map((row) => row.id));
  return services.filter((service) => !known.has(service));
}

export async function insertTeam(
  db: Kysely<Database>,
  team: { readonly id: TeamId; readonly name: string; readonly lead: PersonId | null },
): Promise<void> {
  await db.insertInto('team').values(team).execute();
}

export interface TeamChange {
  readonly name?: string | undefined;
  readonly lead?: PersonId | null | undefined;
}

/** False when there is no such team. */
export async function updateTeam(db: Kysely<Database>, id: TeamId, change: TeamChange): Promise<boolean> {
  const set = withoutUndefined({ name: change.name, lead: change.lead });
  if (Object.keys(set).length === 0) return true;
  const result = await db.updateTable('team').set(set).where('id', '=', id).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function listServices(db: Kysely<Database>): Promise<readonly Service[]> {
  const rows = await db.selectFrom('service').selectAll().orderBy('name').execute();
  return rows.map((row) => ({
    id: serviceId(row.id),
    name: row.name,
    team: row.team === null ? null : teamId(row.team),
    criticality: row.criticality as Service['criticality'],
  }));
}

export async function insertService(db: Kysely<Database>, service: Service): Promise<void> {
  await db.insertInto('service').values(service).execute();
}

export interface ServiceChange {
  readonly name?: string | undefined;
  readonly team?: TeamId | null | undefined;
  readonly criticality?: Service['criticality'] | undefined;
}

/** False when there is no such service. */
export async function updateService(
  db: Kysely<Database>,
  id: ServiceId,
  change: ServiceChange,
): Promise<boolean> {
  const set = withoutUndefined(change);
  if (Object.keys(set).length === 0) return true;
  const result = await db.updateTable('service').set(set).where('id', '=', id).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

function withoutUndefined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Partial<Value>;
}
