import { lifecycleOf } from '@muster/domain';
import { MAJOR_CHAIN, callOf, isCalling, isMajor, teamId } from '@muster/domain/shared';
import type { Directory, TeamId, Ticket } from '@muster/domain/shared';

export interface Callable {
  readonly team: TeamId | null;
  readonly label: string;
  /** The record's own team, or its chain as a major incident: what stands in its menu. */
  readonly near: boolean;
}

/** Whom a record can call by hand now: every team with a chain that it does not call already. */
export function callableFrom(ticket: Ticket, { chains, teams }: Directory): readonly Callable[] {
  if (!lifecycleOf(ticket.process).open.has(ticket.state)) return [];
  return [...chains.values()].flatMap((chain): readonly Callable[] => {
    const team = chain.id === MAJOR_CHAIN ? null : teamId(chain.id);
    const going = callOf(ticket.calls, team);
    if (going !== undefined && isCalling(going)) return [];
    if (team === null) return isMajor(ticket) ? [{ team, label: `Call “${chain.name}”`, near: true }] : [];
    const name = teams.get(team)?.name;
    return name === undefined ? [] : [{ team, label: `Call ${name}`, near: team === ticket.team }];
  });
}
