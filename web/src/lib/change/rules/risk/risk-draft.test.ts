import { DEFAULT_RISK } from '@muster/domain/change';
import { describe, expect, it } from 'vitest';
import { painted, riskDraftOf, riskSettingsOf } from './risk-draft.ts';
import { riskFaults } from './risk-faults.ts';

describe('the form of the settings of risk', () => {
  it('[CHG-66] gives back what it was opened with', () => {
    expect(riskSettingsOf(riskDraftOf(DEFAULT_RISK))).toEqual(DEFAULT_RISK);
    expect(riskFaults(riskDraftOf(DEFAULT_RISK))).toEqual({});
  });

  it('[CHG-66] says what is wrong at its place', () => {
    const draft = riskDraftOf(DEFAULT_RISK);
    const [question] = draft.questions;
    if (question === undefined) throw new Error('no question');
    question.words = ' ';
    question.weight = 'much';
    question.answers = question.answers.slice(0, 1);
    draft.thresholds[1]!.bound = '3';
    expect(Object.keys(riskFaults(draft)).toSorted()).toEqual([
      'questionnaire.questions.0.answers',
      'questionnaire.questions.0.weight',
      'questionnaire.questions.0.words',
      'questionnaire.thresholds.1.below',
    ]);
  });

  it('[CHG-19] paints the grid up to a field, and moves the bounds that are in the way', () => {
    const bounds = riskDraftOf(DEFAULT_RISK).matrix;
    const upTo = (all: typeof bounds) => all.map(({ bound }) => Number(bound));
    expect(upTo(bounds)).toEqual([4, 9, 15, 20]);
    expect(upTo(painted(bounds, 'medium', 12))).toEqual([4, 12, 15, 20]);
    expect(upTo(painted(bounds, 'low', 16))).toEqual([16, 17, 18, 20]);
    expect(upTo(painted(bounds, 'very_high', 8))).toEqual([4, 6, 7, 8]);
    expect(upTo(painted(bounds, 'critical', 12))).toEqual([4, 9, 10, 11]);
  });
});
