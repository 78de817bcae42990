/** The risk of a change: every engine says its level, and the highest counts (A4 row 7). */
import type { Matched } from '../model/match.ts';
import { DEFAULT_RISK_CONDITIONS, strictestCondition } from './conditions.ts';
import type { RiskCondition } from './conditions.ts';
import { DEFAULT_HISTORY, historyLevel, successScore } from './history.ts';
import type { HistorySettings, PastChange } from './history.ts';
import { rankOf } from './level.ts';
import type { RiskLevel } from './level.ts';
import { DEFAULT_RISK_MATRIX, matrixLevel } from './matrix.ts';
import type { Grade, RiskMatrix } from './matrix.ts';
import { DEFAULT_QUESTIONNAIRE, questionnaireScore } from './questionnaire.ts';
import type { Questionnaire, RiskAnswers } from './questionnaire.ts';

/** Data, versioned. */
export interface RiskSettings {
  readonly version: number;
  readonly conditions: readonly RiskCondition[];
  readonly questionnaire: Questionnaire;
  readonly matrix: RiskMatrix;
  readonly history: HistorySettings;
}

export const DEFAULT_RISK: RiskSettings = {
  version: 1,
  conditions: DEFAULT_RISK_CONDITIONS,
  questionnaire: DEFAULT_QUESTIONNAIRE,
  matrix: DEFAULT_RISK_MATRIX,
  history: DEFAULT_HISTORY,
};

/** What its authors say of a change. */
export interface RiskInput {
  readonly answers: RiskAnswers;
  readonly likelihood: Grade;
  readonly impact: Grade;
}

export type RiskEngine = 'conditions' | 'questionnaire' | 'matrix' | 'history';

/** What one engine found, and by which of what it was told. */
export type RiskFinding = { readonly level: RiskLevel } & (
  | { readonly engine: 'conditions'; readonly condition: string }
  | {
      readonly engine: 'questionnaire';
      readonly score: number;
      readonly question: string | null;
      readonly answer: string | null;
    }
  | { readonly engine: 'matrix'; readonly likelihood: Grade; readonly impact: Grade }
  | { readonly engine: 'history'; readonly score: number; readonly changes: number }
);

export interface Risk {
  readonly level: RiskLevel;
  /** The engine that gave the level; of equals the first in the order of `findings`. */
  readonly by: RiskEngine;
  readonly findings: readonly RiskFinding[];
  readonly settingsVersion: number;
}

/**
 * Null while the questionnaire is incomplete: `unanswered` says where.
 *
 * @param past Closed changes that are like this one
 */
export function assessRisk(
  settings: RiskSettings,
  change: Matched,
  input: RiskInput,
  past: readonly PastChange[],
): Risk | null {
  const { likelihood, impact, answers } = input;
  const asked = questionnaireScore(settings.questionnaire, answers);
  if (asked === null) return null;
  const matrix: RiskFinding = {
    engine: 'matrix',
    level: matrixLevel(settings.matrix, likelihood, impact),
    likelihood,
    impact,
  };
  const findings: readonly RiskFinding[] = [
    ...conditionFinding(settings, change),
    {
      engine: 'questionnaire',
      level: asked.level,
      score: asked.score,
      question: asked.heaviest?.question ?? null,
      answer: asked.heaviest?.answer ?? null,
    },
    matrix,
    ...historyFinding(settings, past, impact),
  ];
  const highest = findings.reduce((worst, each) => (rankOf(each.level) > rankOf(worst.level) ? each : worst));
  return { level: highest.level, by: highest.engine, findings, settingsVersion: settings.version };
}

function conditionFinding({ conditions }: RiskSettings, change: Matched): readonly RiskFinding[] {
  // A rule that asks for a level of risk would answer for itself.
  const strictest = strictestCondition(conditions, { ...change, risk: null });
  return strictest === null
    ? []
    : [{ engine: 'conditions', level: strictest.level, condition: strictest.id }];
}

function historyFinding(
  { history }: RiskSettings,
  past: readonly PastChange[],
  impact: Grade,
): readonly RiskFinding[] {
  const found = historyLevel(history, past, impact);
  return found === null
    ? []
    : [{ engine: 'history', level: found.level, score: successScore(past), changes: past.length }];
}
