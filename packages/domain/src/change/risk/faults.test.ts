import { describe, expect, test } from 'vitest';
import { DEFAULT_RISK } from './assess.ts';
import type { RiskSettings } from './assess.ts';
import { faultsOfRisk } from './faults.ts';
import type { RiskFault } from './faults.ts';

const { questionnaire, conditions, history } = DEFAULT_RISK;
const [question] = questionnaire.questions;
const first = question?.answers[0];
if (question === undefined || first === undefined) throw new Error('no question');
const asking = (given: object): RiskSettings => ({
  ...DEFAULT_RISK,
  questionnaire: { ...questionnaire, questions: [{ ...question, ...given }] },
});
const answer = (given: object): RiskSettings => {
  const [, ...others] = question.answers;
  return asking({ answers: [{ ...first, ...given }, ...others] });
};
const thresholds = (...all: readonly (readonly [number, 'low' | 'medium' | 'high'])[]): RiskSettings => ({
  ...DEFAULT_RISK,
  questionnaire: { ...questionnaire, thresholds: all.map(([below, level]) => ({ below, level })) },
});
const past = (given: object): RiskSettings => ({ ...DEFAULT_RISK, history: { ...history, ...given } });
const bounds = (...all: readonly (readonly [number, 'low' | 'medium' | 'high'])[]): RiskSettings => ({
  ...DEFAULT_RISK,
  matrix: { bounds: all.map(([upTo, level]) => ({ upTo, level })) },
});

describe('settings of risk that somebody writes', () => {
  test('[CHG-66] those of the beginning are fit', () => {
    expect(faultsOfRisk(DEFAULT_RISK)).toEqual([]);
  });

  const unfit: readonly (readonly [RiskFault['fault'], string, RiskSettings])[] = [
    ['no-words', 'questionnaire.questions.0.words', asking({ words: ' ' })],
    ['no-number', 'questionnaire.questions.0.weight', asking({ weight: Number.NaN })],
    ['below-zero', 'questionnaire.questions.0.weight', asking({ weight: -1 })],
    [
      'too-few-answers',
      'questionnaire.questions.0.answers',
      asking({ answers: question.answers.slice(0, 1) }),
    ],
    ['no-words', 'questionnaire.questions.0.answers.0.words', answer({ words: '' })],
    ['below-zero', 'questionnaire.questions.0.answers.0.score', answer({ score: -2 })],
    [
      'same-id',
      'questionnaire.questions.1',
      { ...DEFAULT_RISK, questionnaire: { ...questionnaire, questions: [question, question] } },
    ],
    ['same-id', 'questionnaire.questions.0.answers.1', asking({ answers: [first, first] })],
    ['not-rising', 'questionnaire.thresholds.1.below', thresholds([9, 'low'], [5, 'medium'])],
    ['not-rising', 'questionnaire.thresholds.1.level', thresholds([5, 'medium'], [9, 'low'])],
    ['below-zero', 'questionnaire.thresholds.0.below', thresholds([-1, 'low'])],
    [
      'not-rising',
      'questionnaire.otherwise',
      { ...DEFAULT_RISK, questionnaire: { ...questionnaire, otherwise: 'low' } },
    ],
    ['no-words', 'conditions.0.words', { ...DEFAULT_RISK, conditions: [{ ...conditions[0]!, words: '' }] }],
    ['same-id', 'conditions.1', { ...DEFAULT_RISK, conditions: [conditions[0]!, conditions[0]!] }],
    ['not-rising', 'matrix.bounds.1.upTo', bounds([9, 'low'], [4, 'medium'])],
    ['not-rising', 'matrix.bounds.1.level', bounds([4, 'medium'], [9, 'low'])],
    ['no-number', 'matrix.bounds.0.upTo', bounds([26, 'low'])],
    ['no-number', 'matrix.bounds.0.upTo', bounds([2.5, 'low'])],
    ['no-number', 'matrix.bounds.0.upTo', bounds([0, 'low'])],
    ['not-rising', 'history.high', past({ high: 0, medium: 1 })],
    ['no-number', 'history.high', past({ high: 4 })],
    ['no-number', 'history.medium', past({ medium: Number.NaN })],
    ['no-number', 'history.least', past({ least: 0 })],
    ['no-number', 'history.least', past({ least: 1.5 })],
  ];

  test.each(unfit)('[CHG-66] %s is found at %s, and nothing else', (fault, at, settings) => {
    expect(faultsOfRisk(settings)).toEqual([{ fault, at }]);
  });
});
