/** Words for calls: what was done, what was meant, and what happened. */
import type { CallAct } from '@muster/domain/shared';
import { unreachable } from '@muster/domain/shared';
import type { Say } from './say.ts';

/** Whom a call is for, in the middle of a sentence. */
function whose(team: unknown, say: Pick<Say, 'team'>): string {
  return team === null ? 'those who answer for major incidents' : say.team(team);
}

/** What an act did, after the record's number. */
export function callDoneWords(act: CallAct, say: Say): string {
  switch (act.verb) {
    case 'begin-call':
      return `calls ${whose(act.team, say)}`;
    case 'take-call-step':
      return 'the call goes on';
    case 'acknowledge-call':
      return 'you have it; nobody else is called';
    case 'stop-call':
      return 'calls nobody any more';
    default:
      return unreachable(act);
  }
}

/** "I have it" while it waits for the server. */
export function callWaitsWords(): string {
  return 'that you have it is sent when you are back; until then others are called';
}

/** What an act would have done, after "You wanted to". */
export function callIntentWords(act: CallAct, say: Say): string {
  switch (act.verb) {
    case 'begin-call':
      return `call ${whose(act.team, say)}`;
    case 'take-call-step':
      return 'go on with the call';
    case 'acknowledge-call':
      return 'say that you have it';
    case 'stop-call':
      return 'stop the call';
    default:
      return unreachable(act);
  }
}

/** The other side of a lost race, after who it was; null for what is not of calls. */
export function callHappenedWords(
  what: unknown,
  facts: Readonly<Record<string, unknown>>,
  say: Say,
): string | null {
  switch (what) {
    case 'call-begun':
      return `called ${whose(facts['team'], say)}`;
    case 'call-acknowledged':
      return 'had it';
    case 'call-stopped':
      return 'stopped the call';
    default:
      return null;
  }
}

/** Why it was stopped; nothing where the work went to another team without a word. */
function whyWords(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
}

/** Why somebody is called. */
function causeWords(detail: Readonly<Record<string, unknown>>, say: Say): string {
  const { cause, team } = detail;
  switch (cause) {
    case 'major':
      return 'it is a major incident';
    case 'alert':
      return `an alert fired for ${whose(team, say)}`;
    case 'escalated':
    case 'raised':
      return `it was escalated to ${whose(team, say)}`;
    default:
      return `${whose(team, say)} ${team === null ? 'are' : 'is'} needed`;
  }
}

/** An inbox item about a call, `by` a sentence's beginning. */
export function callNewsWords(
  kind: 'called' | 'call-over' | 'call-used-up',
  by: string,
  detail: Readonly<Record<string, unknown>>,
  say: Say,
): string {
  const name = String(detail['name'] ?? '');
  switch (kind) {
    case 'called':
      return `You are called: ${causeWords(detail, say)}`;
    case 'call-over':
      if (detail['ended'] === true) return `${by} ended the work on this; the call “${name}” is over`;
      return detail['stopped'] === true
        ? `${by} stopped the call “${name}”${whyWords(detail['reason'])}`
        : `${by} ${by === 'You' ? 'have' : 'has'} it; the call “${name}” is over`;
    case 'call-used-up':
      return `Nobody answered the call “${name}”`;
  }
}
