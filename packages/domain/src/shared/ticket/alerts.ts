/**
 * What alerts of a monitoring system do to a ticket, as far as its history tells: counts, never the members, which
 * are the store's. When alerts open, reopen or resolve an incident is decided in `incident/alert`.
 */
import type { Instant } from '../instant.ts';

export const ALERT_CHANGES = ['fired', 'resolved'] as const;
export type AlertChange = (typeof ALERT_CHANGES)[number];

/** Why alerts left an incident as a person had put it. */
export const ALERT_STANCES = [
  'resolved-by-person',
  'ended',
  'on-hold',
  'not-from-alerts',
  'major',
  'refused',
] as const;
export type AlertStance = (typeof ALERT_STANCES)[number];

/** The resolution code of incidents that resolve because their last alert did; no form offers it. */
export const ALERTS_OVER = 'alerts-over';

/** How the alerts of an incident stand at a moment. */
export interface AlertTally {
  readonly change: AlertChange;
  /** Name of the integration that they came through. */
  readonly source: string;
  readonly firing: number;
  readonly total: number;
  /** How many more the source said there are without naming them. */
  readonly untold: number;
  /** Some that fire, by name, for whoever reads the history without the list. */
  readonly named: readonly string[];
  readonly stance: AlertStance | null;
}

export const MOST_NAMED = 5;

export type AlertAct =
  /** For the system alone: what came in since the last note. */
  | ({ readonly verb: 'note-alerts' } & AlertTally)
  | { readonly verb: 'acknowledge-alerts' }
  | { readonly verb: 'silence-alerts'; readonly until: Instant }
  /** Before its time. */
  | { readonly verb: 'end-silence' };

/** Until when alerts are silenced that are not: before all time. */
export const NOT_SILENCED: Instant = 0;

export type AlertEvent =
  | ({ readonly type: 'alerts-noted' } & AlertTally)
  | { readonly type: 'alerts-acknowledged' }
  /** `NOT_SILENCED` where somebody ended it before its time. */
  | { readonly type: 'alerts-silenced'; readonly until: Instant };
