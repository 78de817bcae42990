/** What settings of risk must have, whoever writes them: words, numbers, and bounds that rise, each fault at its place. */
import { MAX_LABEL, cleanText } from '../../shared/ticket/text.ts';
import type { RiskSettings } from './assess.ts';
import { rankOf } from './level.ts';
import type { RiskLevel } from './level.ts';

export interface RiskFault {
  readonly fault:
    | 'no-words'
    | 'no-number'
    /** Less than nothing: an answer would make up for others. */
    | 'below-zero'
    /** A question that has but one answer asks nothing. */
    | 'too-few-answers'
    | 'same-id'
    /** A bound or a level that is not above the one before it would never count. */
    | 'not-rising';
  /** Path in the settings: `questionnaire.questions.0.answers.1.score`. */
  readonly at: string;
}

/** The most that likelihood times impact comes to. */
const MOST_PRODUCT = 25;
/** The best mean of a history. */
const BEST_MEAN = 3;

/** The faults of settings, in their order; empty for settings that may be used. */
export function faultsOfRisk(settings: Omit<RiskSettings, 'version'>): readonly RiskFault[] {
  return [
    ...conditionFaults(settings),
    ...questionFaults(settings),
    ...thresholdFaults(settings),
    ...matrixFaults(settings),
    ...historyFaults(settings),
  ];
}

function conditionFaults({ conditions }: Pick<RiskSettings, 'conditions'>): readonly RiskFault[] {
  return [
    ...sameIds(conditions, 'conditions'),
    ...conditions.flatMap(({ words }, index) => wordless(words, `conditions.${index}.words`)),
  ];
}

function questionFaults({ questionnaire }: Pick<RiskSettings, 'questionnaire'>): readonly RiskFault[] {
  const path = 'questionnaire.questions';
  return [
    ...sameIds(questionnaire.questions, path),
    ...questionnaire.questions.flatMap(({ words, weight, answers }, index): readonly RiskFault[] => {
      const at = `${path}.${index}`;
      return [
        ...wordless(words, `${at}.words`),
        ...odd(weight, `${at}.weight`),
        ...(answers.length < 2 ? [{ fault: 'too-few-answers', at: `${at}.answers` } as const] : []),
        ...sameIds(answers, `${at}.answers`),
        ...answers.flatMap((answer, each) => [
          ...wordless(answer.words, `${at}.answers.${each}.words`),
          ...odd(answer.score, `${at}.answers.${each}.score`),
        ]),
      ];
    }),
  ];
}

function thresholdFaults({ questionnaire }: Pick<RiskSettings, 'questionnaire'>): readonly RiskFault[] {
  const { thresholds, otherwise } = questionnaire;
  const path = 'questionnaire.thresholds';
  const last = thresholds.at(-1);
  return [
    ...thresholds.flatMap(({ below }, index) => odd(below, `${path}.${index}.below`)),
    ...rising(
      thresholds.map(({ below }) => below),
      (index) => `${path}.${index}.below`,
    ),
    ...rising(thresholds.map(rankOfLevel), (index) => `${path}.${index}.level`),
    ...(last !== undefined && rankOf(otherwise) <= rankOf(last.level)
      ? [{ fault: 'not-rising', at: 'questionnaire.otherwise' } as const]
      : []),
  ];
}

function matrixFaults({ matrix }: Pick<RiskSettings, 'matrix'>): readonly RiskFault[] {
  const path = (index: number): string => `matrix.bounds.${index}.upTo`;
  return [
    ...matrix.bounds.flatMap(({ upTo }, index) =>
      Number.isInteger(upTo) && upTo >= 1 && upTo <= MOST_PRODUCT
        ? []
        : [{ fault: 'no-number', at: path(index) } as const],
    ),
    ...rising(
      matrix.bounds.map(({ upTo }) => upTo),
      path,
    ),
    ...rising(matrix.bounds.map(rankOfLevel), (index) => `matrix.bounds.${index}.level`),
  ];
}

function historyFaults({ history }: Pick<RiskSettings, 'history'>): readonly RiskFault[] {
  const { least, medium, high } = history;
  return [
    ...(Number.isInteger(least) && least >= 1 ? [] : [{ fault: 'no-number', at: 'history.least' } as const]),
    ...(Number.isFinite(medium) ? [] : [{ fault: 'no-number', at: 'history.medium' } as const]),
    ...(Number.isFinite(high) && high <= BEST_MEAN
      ? []
      : [{ fault: 'no-number', at: 'history.high' } as const]),
    ...rising([medium, high], () => 'history.high'),
  ];
}

const rankOfLevel = ({ level }: { readonly level: RiskLevel }): number => rankOf(level);

function wordless(words: string, at: string): readonly RiskFault[] {
  return cleanText(words, MAX_LABEL) === null ? [{ fault: 'no-words', at }] : [];
}

function odd(value: number, at: string): readonly RiskFault[] {
  if (!Number.isFinite(value)) return [{ fault: 'no-number', at }];
  return value < 0 ? [{ fault: 'below-zero', at }] : [];
}

function rising(values: readonly number[], at: (index: number) => string): readonly RiskFault[] {
  return values.flatMap((value, index) =>
    index > 0 && value <= (values[index - 1] ?? 0) ? [{ fault: 'not-rising', at: at(index) } as const] : [],
  );
}

function sameIds(all: readonly { readonly id: string }[], at: string): readonly RiskFault[] {
  return all.flatMap(({ id }, index) =>
    all.findIndex((other) => other.id === id) < index
      ? [{ fault: 'same-id', at: `${at}.${index}` } as const]
      : [],
  );
}
