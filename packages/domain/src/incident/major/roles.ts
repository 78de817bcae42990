/** Who does what in the response. The command itself is in command.ts: it is handed over, never laid down. */
import type { Tell } from '../../shared/decider.ts';
import { apply, lastUnseen, no, supersede, tellEach } from '../../shared/ticket/answer.ts';
import type { TicketAnswer } from '../../shared/ticket/answer.ts';
import type { MajorAct, MajorRole } from '../../shared/ticket/major.ts';
import { MAJOR_ROLES, commanderOf } from '../../shared/ticket/major.ts';
import type { MajorCase } from './parties.ts';
import { holds, leads, refuseUnfit } from './parties.ts';

/** Leaders give roles to anybody who can work on the incident; everybody else takes one for themselves. */
export function decideAssignRole(
  kase: MajorCase,
  { role, person }: Extract<MajorAct, { verb: 'assign-role' }>,
): TicketAnswer {
  const { major, context } = kase;
  const unfitRole = refuseRole(kase, role);
  if (unfitRole !== null) return unfitRole;
  if (!leads(context.actor, major) && person !== context.actor.id) return notForYou(kase);
  const unfit = refuseUnfit(kase, 'person', person);
  if (unfit !== null) return unfit;
  if (holds(major, person, role)) {
    const same = lastUnseen(kase, 'role-assigned', (event) => event.role === role && event.person === person);
    if (same !== undefined) return supersede(kase, same, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'role' });
  }
  if (role === 'deputy' && commanderOf(major) === person) {
    return no(kase, 'command-held', { commander: person });
  }
  const before = role === 'expert' ? null : (major.roles.find((held) => held.role === role)?.person ?? null);
  if (before !== null && !leads(context.actor, major)) return notForYou(kase);
  const detail = { by: context.actor.id, role, at: context.now };
  const tell: readonly Tell[] = [
    ...tellEach(kase, [person], 'role-assigned', detail),
    ...tellEach(kase, [before], 'role-assigned', { ...detail, to: person }),
  ];
  return apply([{ type: 'role-assigned', role, person, before }], tell);
}

export function decideRenounceRole(
  kase: MajorCase,
  { role, person }: Extract<MajorAct, { verb: 'renounce-role' }>,
): TicketAnswer {
  const { major, context } = kase;
  const unfitRole = refuseRole(kase, role);
  if (unfitRole !== null) return unfitRole;
  if (!leads(context.actor, major) && person !== context.actor.id) return notForYou(kase);
  if (!holds(major, person, role)) {
    const gone = lastUnseen(
      kase,
      'role-renounced',
      (event) => event.role === role && event.person === person,
    );
    if (gone !== undefined) return supersede(kase, gone, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'role' });
  }
  return apply([{ type: 'role-renounced', role, person }]);
}

function refuseRole(kase: MajorCase, role: MajorRole): TicketAnswer | null {
  if (!MAJOR_ROLES.includes(role)) return no(kase, 'invalid-value', { field: 'role', value: role });
  const commander = commanderOf(kase.major);
  return role === 'commander' && commander !== null ? no(kase, 'command-held', { commander }) : null;
}

export function notForYou(kase: MajorCase): TicketAnswer {
  return no(kase, 'not-permitted', { permission: 'incident.manage-major' });
}
