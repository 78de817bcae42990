/** Settings of risk as their form has them: numbers as they are typed, everything else as the rules have it. */
import type { ChangeMatch, RiskLevel, RiskSettings } from '@muster/domain/change';

export interface AnswerDraft {
  readonly id: string;
  words: string;
  score: string;
}

export interface QuestionDraft {
  readonly id: string;
  words: string;
  weight: string;
  answers: AnswerDraft[];
}

export interface ConditionDraft {
  readonly id: string;
  words: string;
  when: ChangeMatch;
  level: RiskLevel;
}

export interface BoundDraft {
  bound: string;
  level: RiskLevel;
}

export interface RiskDraft {
  readonly version: number;
  conditions: ConditionDraft[];
  questions: QuestionDraft[];
  thresholds: BoundDraft[];
  otherwise: RiskLevel;
  matrix: BoundDraft[];
  least: string;
  medium: string;
  high: string;
  rows: RiskSettings['history']['rows'];
}

export function riskDraftOf({
  version,
  conditions,
  questionnaire,
  matrix,
  history,
}: RiskSettings): RiskDraft {
  return {
    version,
    conditions: conditions.map((each) => ({ ...each })),
    questions: questionnaire.questions.map(({ id, words, weight, answers }) => ({
      ...{ id, words, weight: String(weight) },
      answers: answers.map((answer) => ({ ...answer, score: String(answer.score) })),
    })),
    thresholds: questionnaire.thresholds.map(({ below, level }) => ({ bound: String(below), level })),
    otherwise: questionnaire.otherwise,
    matrix: matrix.bounds.map(({ upTo, level }) => ({ bound: String(upTo), level })),
    least: String(history.least),
    medium: String(history.medium),
    high: String(history.high),
    rows: history.rows,
  };
}

/** What the form says; a number that is none is NaN, which the rules name at its place. */
export function riskSettingsOf(draft: RiskDraft): RiskSettings {
  return {
    version: draft.version,
    conditions: draft.conditions.map(({ id, words, when, level }) => ({
      id,
      words: words.trim(),
      when,
      level,
    })),
    questionnaire: {
      questions: draft.questions.map(({ id, words, weight, answers }) => ({
        ...{ id, words: words.trim(), weight: numberOf(weight) },
        answers: answers.map((each) => ({
          ...{ id: each.id, words: each.words.trim(), score: numberOf(each.score) },
        })),
      })),
      thresholds: draft.thresholds.map(({ bound, level }) => ({ below: numberOf(bound), level })),
      otherwise: draft.otherwise,
    },
    matrix: { bounds: draft.matrix.map(({ bound, level }) => ({ upTo: numberOf(bound), level })) },
    history: {
      least: numberOf(draft.least),
      medium: numberOf(draft.medium),
      high: numberOf(draft.high),
      rows: draft.rows,
    },
  };
}

/**
 * Makes a product the highest of its level: a field of the grid that is painted takes the lesser ones of that level
 * along, and bounds that it would cross give way. What is beyond all bounds is critical.
 */
export function painted(bounds: readonly BoundDraft[], level: RiskLevel, product: number): BoundDraft[] {
  const at = bounds.findIndex((each) => each.level === level);
  if (at < 0)
    return bounds.map((each, index) => ({
      ...each,
      bound: least(each.bound, product - (bounds.length - index)),
    }));
  return bounds.map((each, index) => {
    if (index === at) return { ...each, bound: String(product) };
    const pushed =
      index < at ? least(each.bound, product - (at - index)) : most(each.bound, product + (index - at));
    return { ...each, bound: pushed };
  });
}

function least(bound: string, other: number): string {
  return String(Math.max(1, Math.min(numberOf(bound) || other, other)));
}

function most(bound: string, other: number): string {
  return String(Math.min(25, Math.max(numberOf(bound) || other, other)));
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
}
