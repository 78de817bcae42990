/**
 * What alerts that fired or ended do to their incident, as it stands: the pair rules between a monitoring system and
 * people (INC-67 to INC-74, INC-149). What people said last is never taken back; the history then says why nothing happened.
 */
import { ALERTS_OVER, TERMINAL_STATES, isMajor } from '../../shared/index.ts';
import type { AlertStance, Instant, Ticket } from '../../shared/index.ts';
import type { AlertNumbers } from './settings.ts';

const MINUTE_MS = 60_000;

export type FiredAnswer =
  /** A new incident, related to the one before when there was one. */
  | { readonly does: 'open' }
  | { readonly does: 'reopen' }
  | { readonly does: 'note'; readonly stance: AlertStance | null }
  /** Silenced: kept and counted, and nothing said. */
  | { readonly does: 'keep' };

export interface AlertMoment {
  readonly now: Instant;
  /** When they came: before now where a silence kept them until its end. */
  readonly firedAt: Instant;
  readonly numbers: Pick<AlertNumbers, 'reopenMinutes'>;
  readonly silencedUntil: Instant | null;
}

/** `incident` is where the group's alerts went last, after merges; null for a group that has none. */
export function answerFired(
  incident: Ticket | null,
  { now, firedAt, numbers, silencedUntil }: AlertMoment,
): FiredAnswer {
  if (incident === null) return { does: 'open' };
  if (isSilent(silencedUntil, now)) return { does: 'keep' };
  const { state, resolvedAt, closedAt, updatedAt } = incident;
  const hasEnded = TERMINAL_STATES.has(state);
  if (state !== 'resolved' && !hasEnded) return { does: 'note', stance: null };
  const endedAt = (hasEnded ? closedAt : resolvedAt) ?? updatedAt;
  if (firedAt - endedAt >= numbers.reopenMinutes * MINUTE_MS) return { does: 'open' };
  if (hasEnded) return { does: 'note', stance: 'ended' };
  return isResolvedByAlerts(incident) ? { does: 'reopen' } : { does: 'note', stance: 'resolved-by-person' };
}

export type EndedAnswer =
  | { readonly does: 'resolve' }
  | { readonly does: 'note'; readonly stance: AlertStance | null }
  | { readonly does: 'keep' };

/** `firing` counts the incident's alerts that still fire, named or not. */
export function answerEnded(
  incident: Ticket | null,
  firing: number,
  { now, silencedUntil }: Pick<AlertMoment, 'now' | 'silencedUntil'>,
): EndedAnswer {
  if (incident === null) return { does: 'keep' };
  if (firing > 0) {
    return isSilent(silencedUntil, now) ? { does: 'keep' } : { does: 'note', stance: null };
  }
  if (incident.state === 'resolved' || TERMINAL_STATES.has(incident.state))
    return { does: 'note', stance: null };
  if (incident.channel !== 'alert') return { does: 'note', stance: 'not-from-alerts' };
  if (isMajor(incident)) return { does: 'note', stance: 'major' };
  if (incident.state === 'on_hold') return { does: 'note', stance: 'on-hold' };
  return { does: 'resolve' };
}

/** Whether alerts are silenced that are so until then; null where nobody silenced them. */
export function isSilent(silencedUntil: Instant | null, now: Instant): silencedUntil is Instant {
  return silencedUntil !== null && silencedUntil > now;
}

export function isResolvedByAlerts({ state, resolution }: Pick<Ticket, 'state' | 'resolution'>): boolean {
  return state === 'resolved' && resolution?.code === ALERTS_OVER;
}
