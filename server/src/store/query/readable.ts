import { SYSTEM, TICKET_PROCESSES } from '@muster/domain/shared';
import type { Actor, TeamId, TicketProcess } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { isNamed } from '../../commands/records.ts';
import type { Database } from '../schema.ts';

type RecordExpressions = ExpressionBuilder<Database, 'record'>;

/** Processes whose records an actor reads as staff. */
export function staffProcesses(actor: Actor): readonly TicketProcess[] {
  return TICKET_PROCESSES.filter((process) => actor.permissions.has(`${process}.read`));
}

/** `canReadAsStaff` of the domain, in SQL. */
export function readableAsStaff(actor: Actor): (record: RecordExpressions) => Expression<SqlBool> {
  return (record) => {
    if (actor.id === SYSTEM) return record.lit(true);
    const processes = staffProcesses(actor);
    if (processes.length === 0) return record.lit(false);
    const unrestricted = record.and([record('restricted_to', 'is', null), record('readers', 'is', null)]);
    const ofTeam = actor.teams.length === 0 ? [] : [record('restricted_to', 'in', actor.teams)];
    return record.and([
      record('process', 'in', processes),
      record.or([unrestricted, ...ofTeam, isNamed(actor.id)]),
    ]);
  };
}

/** `canRead` of the domain, in SQL: lists and search never see a row that the actor may not. */
export function readable(actor: Actor): (record: RecordExpressions) => Expression<SqlBool> {
  return (record) => record.or([record('requester', '=', actor.id), readableAsStaff(actor)(record)]);
}

/** `isInAudience` of the domain, in SQL. */
export function isForTeams(
  teams: readonly TeamId[],
): (announcement: ExpressionBuilder<Database, 'announcement'>) => Expression<SqlBool> {
  return (announcement) =>
    announcement.or([
      announcement('audience', 'is', null),
      sql<SqlBool>`exists (
        select 1 from json_each(announcement.audience) as told
        where told.value in (select value from json_each(${JSON.stringify(teams)})))`,
    ]);
}
