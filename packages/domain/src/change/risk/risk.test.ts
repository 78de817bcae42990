import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VPN } from '../../shared/test-support/organisation.ts';
import type { Matched } from '../model/match.ts';
import { matches } from '../model/match.ts';
import { DEFAULT_RISK, assessRisk } from './assess.ts';
import type { RiskInput } from './assess.ts';
import { strictestCondition } from './conditions.ts';
import { DEFAULT_HISTORY, historyLevel, successBand, successScore } from './history.ts';
import type { PastChange } from './history.ts';
import { RISK_LEVELS, rankOf } from './level.ts';
import { DEFAULT_RISK_MATRIX, matrixLevel } from './matrix.ts';
import type { Grade } from './matrix.ts';
import { DEFAULT_QUESTIONNAIRE, questionnaireScore, unanswered } from './questionnaire.ts';

const PLAIN: Matched = {
  model: 'normal',
  services: [VPN],
  classes: ['service'],
  criticality: 2,
  risk: null,
  outage: false,
  items: 1,
};
const CALM = { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' };
const WILD = { tested: 'no', backout: 'none', experience: 'never', reach: 'everybody' };
const past = (...results: PastChange['result'][]): PastChange[] =>
  results.map((result) => ({ result, caused: [] }));

describe('conditions', () => {
  test('[CHG-17] the highest level of those that apply counts, of equals the first', () => {
    const { conditions } = DEFAULT_RISK;
    expect(strictestCondition(conditions, PLAIN)).toBeNull();
    expect(strictestCondition(conditions, { ...PLAIN, outage: true })?.id).toBe('outage');
    expect(strictestCondition(conditions, { ...PLAIN, outage: true, criticality: 1 })?.id).toBe(
      'critical-service',
    );
  });

  test('[CHG-17] all that a condition states must hold', () => {
    const when = { models: ['normal'], classes: ['service'], criticality: 2, leastItems: 1, mostItems: 3 };
    expect(matches({}, PLAIN)).toBe(true);
    expect(matches(when, PLAIN)).toBe(true);
    for (const other of [
      { ...PLAIN, model: 'standard' },
      { ...PLAIN, classes: [] },
      { ...PLAIN, criticality: 3 },
      { ...PLAIN, criticality: null },
      { ...PLAIN, items: 4 },
    ])
      expect(matches(when, other)).toBe(false);
    expect(matches({ risk: 'high' }, { ...PLAIN, risk: 'critical' })).toBe(true);
    expect(matches({ risk: 'high' }, { ...PLAIN, risk: 'medium' })).toBe(false);
  });
});

describe('questionnaire', () => {
  test.each([
    [CALM, 0, 'low'],
    [{ ...CALM, tested: 'no', backout: 'planned' }, 6, 'low'],
    [{ ...CALM, tested: 'no', experience: 'never' }, 7, 'medium'],
    [{ ...CALM, tested: 'no', backout: 'none', reach: 'everybody' }, 12, 'medium'],
    [{ ...WILD, experience: 'once' }, 13, 'high'],
    [WILD, 15, 'high'],
  ] as const)('[CHG-18] %o scores %i and is %s', (answers, score, level) => {
    expect(questionnaireScore(DEFAULT_QUESTIONNAIRE, answers)).toMatchObject({ score, level });
  });

  test('[CHG-18] an open question, or an answer that is not offered, says nothing', () => {
    const { reach: _, ...open } = CALM;
    expect(questionnaireScore(DEFAULT_QUESTIONNAIRE, open)).toBeNull();
    expect(unanswered(DEFAULT_QUESTIONNAIRE, open)).toBe('reach');
    expect(unanswered(DEFAULT_QUESTIONNAIRE, { ...CALM, tested: 'perhaps' })).toBe('tested');
    expect(unanswered(DEFAULT_QUESTIONNAIRE, { ...CALM, reach: 'constructor' })).toBe('reach');
  });

  test('[CHG-18] weights count', () => {
    const questions = DEFAULT_QUESTIONNAIRE.questions.map((one) => ({ ...one, weight: 2 }));
    const answers = { ...CALM, tested: 'no' };
    const scored = questionnaireScore({ ...DEFAULT_QUESTIONNAIRE, questions }, answers);
    expect(scored).toEqual({ score: 8, level: 'medium', heaviest: { question: 'tested', answer: 'no' } });
  });
});

describe('matrix', () => {
  test.each([
    [1, 1, 'low'],
    [2, 2, 'low'],
    [1, 5, 'medium'],
    [3, 3, 'medium'],
    [2, 5, 'high'],
    [3, 5, 'high'],
    [4, 4, 'very_high'],
    [4, 5, 'very_high'],
    [5, 5, 'critical'],
  ] as const)('[CHG-19] likelihood %i and impact %i are %s', (likelihood, impact, level) => {
    expect(matrixLevel(DEFAULT_RISK_MATRIX, likelihood, impact)).toBe(level);
    expect(matrixLevel(DEFAULT_RISK_MATRIX, impact, likelihood)).toBe(level);
  });
});

describe('history', () => {
  test('[CHG-20] results and what they caused add up', () => {
    expect(successScore(past('successful', 'successful', 'issues'))).toBe(4);
    expect(successScore(past('failed', 'backed_out'))).toBe(-10);
    expect(successScore([{ result: 'issues', caused: [1, 2, 3, 4] }])).toBe(-2 - 10 - 5 - 2);
  });

  test('[CHG-20] its mean and the impact give the level, not before there are three', () => {
    expect(successBand(DEFAULT_HISTORY, past('failed', 'failed'))).toBeNull();
    expect(historyLevel(DEFAULT_HISTORY, past('successful', 'successful', 'successful'), 5)).toEqual({
      band: 'high',
      level: 'medium',
    });
    expect(historyLevel(DEFAULT_HISTORY, past('successful', 'successful', 'issues'), 3)?.level).toBe(
      'medium',
    );
    expect(historyLevel(DEFAULT_HISTORY, past('failed', 'failed', 'successful'), 1)?.level).toBe('medium');
    expect(historyLevel(DEFAULT_HISTORY, past('failed', 'failed', 'failed'), 5)?.level).toBe('very_high');
  });
});

describe('all engines', () => {
  test('[CHG-21] the highest is the risk and says by what', () => {
    const by = (change: Matched, given: Partial<RiskInput>, history: readonly PastChange[] = []) =>
      assessRisk(DEFAULT_RISK, change, { answers: CALM, likelihood: 1, impact: 1, ...given }, history);
    expect(by(PLAIN, {})).toMatchObject({ level: 'low', by: 'questionnaire' });
    expect(by({ ...PLAIN, criticality: 1 }, {})).toMatchObject({ level: 'high', by: 'conditions' });
    expect(by(PLAIN, { likelihood: 5, impact: 5 })).toMatchObject({ level: 'critical', by: 'matrix' });
    expect(by(PLAIN, { answers: WILD })).toMatchObject({
      level: 'high',
      by: 'questionnaire',
      findings: [{ engine: 'questionnaire', question: 'tested', answer: 'no' }, { engine: 'matrix' }],
    });
    expect(by(PLAIN, { impact: 4 }, past('failed', 'failed', 'failed'))).toMatchObject({
      level: 'very_high',
      by: 'history',
    });
    expect(by(PLAIN, { answers: {} })).toBeNull();
  });

  const grade = fc.constantFrom<Grade>(1, 2, 3, 4, 5);
  const answers = fc.record(
    Object.fromEntries(
      DEFAULT_QUESTIONNAIRE.questions.map((one) => [
        one.id,
        fc.constantFrom(...one.answers.map((each) => each.id)),
      ]),
    ),
  );
  const history = fc.array(
    fc.record({
      result: fc.constantFrom<PastChange['result']>('successful', 'issues', 'failed', 'backed_out'),
      caused: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    }),
    { maxLength: 8 },
  );

  test('[CHG-21] no engine says more than the risk, and the one it names says as much', () => {
    fc.assert(
      fc.property(
        grade,
        grade,
        answers,
        history,
        fc.boolean(),
        (likelihood, impact, given, earlier, outage) => {
          const input = { answers: given as Record<string, string>, likelihood, impact };
          const risk = assessRisk(DEFAULT_RISK, { ...PLAIN, outage }, input, earlier);
          if (risk === null) throw new Error('every question was answered');
          const ranks = risk.findings.map(({ level }) => rankOf(level));
          expect(rankOf(risk.level)).toBe(Math.max(...ranks));
          expect(risk.findings.find(({ engine }) => engine === risk.by)?.level).toBe(risk.level);
          expect(RISK_LEVELS).toContain(risk.level);
        },
      ),
    );
  });
});
