/** Weighted questions with thresholds (A4 row 4). */
import type { RiskLevel } from './level.ts';

export interface RiskQuestion {
  readonly id: string;
  readonly words: string;
  readonly weight: number;
  readonly answers: readonly { readonly id: string; readonly words: string; readonly score: number }[];
}

export interface Questionnaire {
  readonly questions: readonly RiskQuestion[];
  /** The first that the score lies below counts; at or beyond the last it is `otherwise`. */
  readonly thresholds: readonly { readonly below: number; readonly level: RiskLevel }[];
  readonly otherwise: RiskLevel;
}

/** By question: the answer that was given. */
export type RiskAnswers = Readonly<Record<string, string>>;

export interface QuestionnaireScore {
  readonly score: number;
  readonly level: RiskLevel;
  /** The question whose answer weighed most; null when nothing was asked. */
  readonly heaviest: { readonly question: string; readonly answer: string } | null;
}

/** The first question without an answer, or with one that it does not offer; null when all are answered. */
export function unanswered({ questions }: Questionnaire, answers: RiskAnswers): string | null {
  return questions.find((question) => scoreOf(question, answers) === null)?.id ?? null;
}

/** Null while a question is open: half a questionnaire says nothing. */
export function questionnaireScore(
  questionnaire: Questionnaire,
  answers: RiskAnswers,
): QuestionnaireScore | null {
  let score = 0;
  let most = -Infinity;
  let heaviest: QuestionnaireScore['heaviest'] = null;
  for (const question of questionnaire.questions) {
    const points = scoreOf(question, answers);
    if (points === null) return null;
    score += points;
    if (points > most) heaviest = { question: question.id, answer: answers[question.id] ?? '' };
    most = Math.max(most, points);
  }
  const level = questionnaire.thresholds.find(({ below }) => score < below)?.level ?? questionnaire.otherwise;
  return { score, level, heaviest };
}

function scoreOf({ id, weight, answers }: RiskQuestion, given: RiskAnswers): number | null {
  const chosen = Object.hasOwn(given, id) ? answers.find((answer) => answer.id === given[id]) : undefined;
  return chosen === undefined ? null : chosen.score * weight;
}

export const DEFAULT_QUESTIONNAIRE: Questionnaire = {
  questions: [
    question('tested', 'Was it tried in an environment like the one it is for?', [
      ['yes', 'Yes, the whole of it', 0],
      ['partly', 'In part', 2],
      ['no', 'No', 4],
    ]),
    question('backout', 'How is it taken back?', [
      ['rehearsed', 'By a plan that was rehearsed', 0],
      ['planned', 'By a plan that was not tried', 2],
      ['none', 'Hardly at all', 4],
    ]),
    question('experience', 'Has this team done it before?', [
      ['often', 'Often', 0],
      ['once', 'Once or twice', 1],
      ['never', 'Never', 3],
    ]),
    question('reach', 'Who notices when it goes wrong?', [
      ['team', 'One team', 0],
      ['department', 'A department', 2],
      ['everybody', 'Everybody, or customers', 4],
    ]),
  ],
  // Community figures of A4 row 4; what lies between two of them counts as the higher.
  thresholds: [
    { below: 7, level: 'low' },
    { below: 13, level: 'medium' },
  ],
  otherwise: 'high',
};

function question(
  id: string,
  words: string,
  answers: readonly (readonly [id: string, words: string, score: number])[],
): RiskQuestion {
  return {
    id,
    words,
    weight: 1,
    answers: answers.map(([key, text, score]) => ({ id: key, words: text, score })),
  };
}
