import { DEFAULT_MAJOR_RULES, DEFAULT_MATRIX, personId, serviceId, teamId } from '@muster/domain/shared';
import type {
  Agreement,
  BusinessCalendar,
  Directory,
  MajorRule,
  Person,
  PriorityMatrix,
  Role,
  Service,
  Team,
  TeamId,
} from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { readChains } from './chains.ts';
import type { PersonTable, ServiceTable } from './schema-people.ts';
import type { Database } from './schema.ts';
import { readRunbooks } from './runbooks.ts';
import { readSchedules } from './schedules.ts';
import { readSetting } from './settings.ts';

/** Reads everything that everybody on the desk knows, as rules and the directory document need it. */
export async function loadDirectory(db: Kysely<Database>): Promise<Directory> {
  const people = await db.selectFrom('person').selectAll().orderBy('id').execute();
  const teams = await db.selectFrom('team').selectAll().orderBy('id').execute();
  const memberships = await db
    .selectFrom('team_member')
    .selectAll()
    .orderBy('team')
    .orderBy('person')
    .execute();
  const membersOf = groupBy(
    memberships,
    (each) => each.team,
    (each) => personId(each.person),
  );
  const teamsOf = groupBy(
    memberships,
    (each) => each.person,
    (each) => teamId(each.team),
  );
  return {
    people: new Map(people.map((row) => [personId(row.id), personOf(row, teamsOf.get(row.id) ?? [])])),
    teams: new Map(
      teams.map((row): [TeamId, Team] => [
        teamId(row.id),
        {
          id: teamId(row.id),
          name: row.name,
          members: membersOf.get(row.id) ?? [],
          lead: row.lead === null ? null : personId(row.lead),
        },
      ]),
    ),
    services: await loadServices(db),
    categories: await readSetting<readonly string[]>(db, 'categories', []),
    matrix: await readSetting<PriorityMatrix>(db, 'matrix', DEFAULT_MATRIX),
    calendars: await loadCalendars(db),
    agreements: await readSetting<readonly Agreement[]>(db, 'agreements', []),
    majorRules: await readSetting<readonly MajorRule[]>(db, 'major-rules', DEFAULT_MAJOR_RULES),
    runbooks: await readRunbooks(db),
    schedules: await readSchedules(db),
    chains: await readChains(db),
  };
}

/** The part of the directory that machines ask about. */
export async function loadServices(db: Kysely<Database>): Promise<Directory['services']> {
  const rows = await db.selectFrom('service').selectAll().orderBy('id').execute();
  return new Map(rows.map((row) => [serviceId(row.id), serviceOf(row)]));
}

export async function loadCalendars(db: Kysely<Database>): Promise<Directory['calendars']> {
  const calendars = await readSetting<readonly BusinessCalendar[]>(db, 'calendars', []);
  return new Map(calendars.map((calendar) => [calendar.id, calendar]));
}

function personOf(row: Selectable<PersonTable>, teams: readonly TeamId[]): Person {
  return {
    id: personId(row.id),
    name: row.name,
    email: row.email,
    roles: JSON.parse(row.roles) as readonly Role[],
    teams,
    active: row.active === 1,
    vip: row.vip === 1,
  };
}

function serviceOf(row: Selectable<ServiceTable>): Service {
  return {
    id: serviceId(row.id),
    name: row.name,
    team: row.team === null ? null : teamId(row.team),
    criticality: row.criticality as Service['criticality'],
  };
}

function groupBy<Row, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  valueOf: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [valueOf(row)]);
    else group.push(valueOf(row));
  }
  return groups;
}
