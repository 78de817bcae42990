/** What became of earlier changes like this one (A4 row 6): impact against the probability of success. */
import type { ChangeResult } from '../review/result.ts';
import type { RiskLevel } from './level.ts';
import type { Grade } from './matrix.ts';

/** One closed change as far as its success goes. */
export interface PastChange {
  readonly result: ChangeResult;
  /** Incidents that it caused, by priority 1 to 3; lesser ones do not count. */
  readonly caused: readonly number[];
}

/** 3·ok − 2·ok with issues − 5·failed − 10·P1 − 5·P2 − 2·P3 caused. Backed out is failed. */
export function successScore(past: readonly PastChange[]): number {
  return past.reduce((sum, { result, caused }) => {
    const incidents = caused.reduce((lost, priority) => lost + (CAUSED[priority] ?? 0), 0);
    return sum + RESULT[result] - incidents;
  }, 0);
}

const RESULT: Readonly<Record<ChangeResult, number>> = {
  successful: 3,
  issues: -2,
  failed: -5,
  backed_out: -5,
};

const CAUSED: Readonly<Record<number, number>> = { 1: 10, 2: 5, 3: 2 };

/** How likely it is to go well. */
export type SuccessBand = 'high' | 'medium' | 'low';

export interface HistorySettings {
  /** Fewer changes than this say nothing. */
  readonly least: number;
  /** Mean score of a change from which on success is likely; the best mean is 3. */
  readonly high: number;
  readonly medium: number;
  /** Nine rows: three impacts times three bands. */
  readonly rows: Readonly<Record<SuccessBand, Readonly<Record<'high' | 'medium' | 'low', RiskLevel>>>>;
}

/** By the band of success, then by impact. */
export const DEFAULT_HISTORY: HistorySettings = {
  least: 3,
  high: 2,
  medium: 0,
  rows: {
    high: { low: 'low', medium: 'low', high: 'medium' },
    medium: { low: 'low', medium: 'medium', high: 'high' },
    low: { low: 'medium', medium: 'high', high: 'very_high' },
  },
};

/** The band of a history; null when it is too short to say. */
export function successBand(settings: HistorySettings, past: readonly PastChange[]): SuccessBand | null {
  if (past.length === 0 || past.length < settings.least) return null;
  const mean = successScore(past) / past.length;
  if (mean >= settings.high) return 'high';
  return mean >= settings.medium ? 'medium' : 'low';
}

export function historyLevel(
  settings: HistorySettings,
  past: readonly PastChange[],
  impact: Grade,
): { readonly band: SuccessBand; readonly level: RiskLevel } | null {
  const band = successBand(settings, past);
  if (band === null) return null;
  return { band, level: settings.rows[band][impact >= 4 ? 'high' : impact === 3 ? 'medium' : 'low'] };
}
