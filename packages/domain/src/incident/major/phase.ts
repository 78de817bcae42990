/** How far the response has come, and how bad it is held to be. */
import { apply, lastUnseen, no, supersede, tellReplaced } from '../../shared/ticket/answer.ts';
import type { TicketAnswer } from '../../shared/ticket/answer.ts';
import type { TicketEvent } from '../../shared/ticket/events.ts';
import type { MajorAct, MajorPhase } from '../../shared/ticket/major.ts';
import { SEVERITIES, phaseOf } from '../../shared/ticket/major.ts';
import { MAX_NOTE } from '../../shared/ticket/text.ts';
import { reviewFollowing } from '../review/decide.ts';
import type { MajorCase } from './parties.ts';
import { unfitSeverity } from './declare.ts';

/**
 * The steps that are taken by themselves (A8 `.phase`). `resolved` comes with resolving the incident, `closed` with
 * closing the major one; from any active phase work may go back to investigating.
 */
export const PHASE_STEPS: Readonly<Record<MajorPhase, readonly MajorPhase[]>> = {
  triage: ['investigating'],
  investigating: ['identified'],
  identified: ['fixing', 'investigating'],
  fixing: ['monitoring', 'investigating'],
  monitoring: ['investigating'],
  resolved: ['learning'],
  learning: [],
  closed: [],
};

export function decideMovePhase(
  kase: MajorCase,
  act: Extract<MajorAct, { verb: 'move-phase' }>,
): TicketAnswer {
  const before = phaseOf(kase.major) ?? 'triage';
  const moved = lastUnseen(kase, 'phase-moved');
  if (before === act.to && moved !== undefined) return supersede(kase, moved, 'already-done');
  if (act.to === 'resolved' && !['resolved', 'learning', 'closed'].includes(before)) {
    return no(kase, 'major-not-resolved', { phase: before });
  }
  const allowed = PHASE_STEPS[before];
  if (!allowed.includes(act.to)) {
    const facts = { from: before, to: act.to, allowed };
    return no(
      kase,
      'no-such-phase',
      moved === undefined ? facts : { ...facts, by: moved.actor, at: moved.at },
    );
  }
  const reason = act.reason?.trim() ?? '';
  if (reason.length > MAX_NOTE) return no(kase, 'invalid-value', { field: 'reason', value: reason.length });
  return apply([
    { type: 'phase-moved', phase: act.to, before, reason: reason === '' ? null : reason },
    ...(act.to === 'learning' ? reviewFollowing(kase) : []),
  ]);
}

/** A smaller number is worse. A lowering that did not know of a raise gives way: if unsure, the higher (A0.1). */
export function decideSeverity(
  kase: MajorCase,
  { severity }: Extract<MajorAct, { verb: 'set-severity' }>,
): TicketAnswer {
  const { major } = kase;
  if (!SEVERITIES.includes(severity)) return unfitSeverity(kase, severity);
  if (severity === major.severity) {
    const same = lastUnseen(kase, 'severity-set', (event) => event.severity === severity);
    if (same !== undefined) return supersede(kase, same, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'severity' });
  }
  const raise = lastUnseen(kase, 'severity-set', (event) => event.severity < event.before);
  if (raise !== undefined && severity > major.severity) return supersede(kase, raise, 'severity-raised');
  const set = lastUnseen(kase, 'severity-set', (event) => event.severity === major.severity);
  return apply(
    [{ type: 'severity-set', severity, before: major.severity }],
    set === undefined ? [] : tellReplaced(kase, set.actor, 'severity', major.severity, severity),
  );
}

/** Resolving the incident brings the phase `resolved`, reopening it is a regression. */
export function phasesFollowing(kase: MajorCase, events: readonly TicketEvent[]): readonly TicketEvent[] {
  const before = phaseOf(kase.major) ?? 'triage';
  return events.flatMap((event): readonly TicketEvent[] => {
    if (event.type !== 'transitioned') return [];
    if (event.to === 'resolved') return [{ type: 'phase-moved', phase: 'resolved', before, reason: null }];
    const reopens = event.from === 'resolved' && event.to === 'in_progress';
    return reopens ? [{ type: 'phase-moved', phase: 'investigating', before, reason: event.reason }] : [];
  });
}
