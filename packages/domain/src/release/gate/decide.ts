/** What is reported to gates, signed at them and excepted from them. */
import { MAX_LABEL, MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import type { ActOf } from '../acts.ts';
import { alreadyDone, lastUnseen, no, yes } from '../case.ts';
import type { ReleaseAnswer, ReleaseCase } from '../case.ts';
import { isOverRelease } from '../release.ts';
import type { Release } from '../release.ts';
import type { Gate } from './gate.ts';
import { isMet, standingOfGate } from './standing.ts';

export function decideReportCheck({ release }: ReleaseCase, act: ActOf<'report-check'>): ReleaseAnswer {
  if (isOverRelease(release)) return no('release-fixed', { state: release.state, field: 'checks' });
  const check = cleanText(act.check, MAX_LABEL);
  if (check === null) return no('missing-field', { field: 'check' });
  if (!Number.isFinite(act.value)) return no('invalid-value', { field: 'value', value: act.value });
  const isAsked = gatesOf(release).some(({ rule }) => rule.kind === 'check' && rule.check === check);
  return isAsked
    ? yes([{ type: 'check-reported', check, value: act.value }])
    : no('no-such-check', { check });
}

export function decideSignOff(kase: ReleaseCase, { gate: id, note = '' }: ActOf<'sign-off'>): ReleaseAnswer {
  const gate = findGate(kase, id);
  if (gate === null) return no('no-such-gate', { gate: id });
  const { actor } = kase.context;
  const isAsked = gate.rule.kind === 'sign-offs' && gate.rule.people.includes(actor.id);
  if (!isAsked) return no('not-asked', { person: actor.id });
  const before = gate.signed.find(({ person }) => person === actor.id);
  if (before !== undefined) return no('already-signed', { at: before.at });
  const words = note.trim();
  if (words.length > MAX_NOTE) return no('invalid-value', { field: 'note', value: words.length });
  return yes([{ type: 'signed-off', gate: id, note: words }]);
}

/** The exception covers what is unmet now, and nothing worse (see `standingOfGate`). */
export function decideException(
  kase: ReleaseCase,
  { gate: id, reason }: ActOf<'except-gate'>,
): ReleaseAnswer {
  const gate = findGate(kase, id);
  if (gate === null) return no('no-such-gate', { gate: id });
  const standing = standingOfGate(gate, kase.release, kase.context.facts);
  if (isMet(standing)) {
    const same = lastUnseen(kase, 'gate-excepted', (event) => event.gate === id);
    return same === undefined ? no('gate-met', { gate: id }) : alreadyDone(same);
  }
  const words = cleanText(reason, MAX_NOTE);
  if (words === null) return no('missing-field', { field: 'reason' });
  const { failing, value } = standing;
  return yes([{ type: 'gate-excepted', gate: id, reason: words, failing, value }]);
}

export function decideEndException(kase: ReleaseCase, { gate: id }: ActOf<'end-exception'>): ReleaseAnswer {
  const gate = findGate(kase, id);
  if (gate === null) return no('no-such-gate', { gate: id });
  if (gate.exception !== null) return yes([{ type: 'exception-ended', gate: id }]);
  const same = lastUnseen(kase, 'exception-ended', (event) => event.gate === id);
  return same === undefined ? no('nothing-to-change', { field: 'exception' }) : alreadyDone(same);
}

function gatesOf({ phases }: Release): readonly Gate[] {
  return phases.flatMap(({ gates }) => gates);
}

/** Nothing is signed or excepted on a release that is over. */
function findGate({ release }: ReleaseCase, id: string): Gate | null {
  return isOverRelease(release) ? null : (gatesOf(release).find((gate) => gate.id === id) ?? null);
}
