/** Words for escalations: what was done, what was meant, and what happened. */
import type { EscalationAct, EscalationEvent, Metric } from '@muster/domain/shared';
import { unreachable } from '@muster/domain/shared';
import type { Say } from './say.ts';

/** To whom a level reaches. */
export function levelWords(level: unknown): string {
  return level === 1 ? 'the team’s lead' : 'the managers';
}

function metricWords(metric: unknown): string {
  return metric === ('response' satisfies Metric) ? 'time to respond' : 'time to resolve';
}

/** `three quarters of the time to resolve are used up`. */
export function thresholdWords(metric: unknown, percent: unknown): string {
  return percent === 100
    ? `the ${metricWords(metric)} is used up`
    : `three quarters of the ${metricWords(metric)} are used up`;
}

/** What an act did, after the record's number. */
export function escalationDoneWords(act: EscalationAct, say: Say): string {
  switch (act.verb) {
    case 'escalate-to-team':
      return `escalated to ${say.team(act.team)}`;
    case 'escalate-upward':
      return 'escalated upward';
    case 'end-escalation':
      return 'no longer escalated';
    case 'pass-threshold':
      return thresholdWords(act.metric, act.percent);
    default:
      return unreachable(act);
  }
}

/** What an act would have done, after "You wanted to". */
export function escalationIntentWords(act: EscalationAct, say: Say): string {
  switch (act.verb) {
    case 'escalate-to-team':
      return `escalate this to ${say.team(act.team)}`;
    case 'escalate-upward':
      return 'escalate this upward';
    case 'end-escalation':
      return 'end the escalation';
    case 'pass-threshold':
      return 'note the clock';
    default:
      return unreachable(act);
  }
}

/** The other side of a lost race, after who it was; null for what is not of escalations. */
export function escalationHappenedWords(
  what: unknown,
  facts: Readonly<Record<string, unknown>>,
  say: Say,
): string | null {
  switch (what) {
    case 'escalated-to-team':
      return `escalated it to ${say.team(facts['team'])}`;
    case 'escalated-upward':
      return `escalated it to ${levelWords(facts['level'])}`;
    case 'escalation-ended':
      return 'ended its escalation';
    default:
      return null;
  }
}

/** An inbox item about an escalation, `by` a sentence's beginning. */
export function escalatedWords(by: string, detail: Readonly<Record<string, unknown>>, say: Say): string {
  if (detail['ended'] === true) return `${by} ended the escalation`;
  if (detail['team'] !== undefined) return `${by} escalated this to ${say.team(detail['team'])}`;
  return `${by} escalated this to ${levelWords(detail['level'])}`;
}

/** What happened in the history, after the actor's name. */
export function escalationEventWords(event: EscalationEvent, teamName: (id: string) => string): string {
  switch (event.type) {
    case 'escalated-to-team':
      return `escalated this to ${teamName(event.team)}: “${event.reason}”`;
    case 'escalated-upward':
      return `escalated this to ${levelWords(event.level)}${event.reason === null ? '' : `: “${event.reason}”`}`;
    case 'escalation-ended':
      return `ended the escalation: “${event.reason}”`;
    case 'threshold-passed':
      return `noted that ${thresholdWords(event.metric, event.percent)}`;
    default:
      return unreachable(event);
  }
}
