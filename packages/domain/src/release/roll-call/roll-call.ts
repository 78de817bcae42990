import type { Instant, PersonId } from '../../shared/index.ts';

export const GO_ANSWERS = ['go', 'no_go', 'abstain'] as const;
export type GoAnswer = (typeof GO_ANSWERS)[number];

/** What a lead said, and on what: it counts as long as that is what stands. */
export interface LeadAnswer {
  readonly person: PersonId;
  readonly answer: GoAnswer;
  readonly note: string;
  /** Hash of the readiness that the lead had read. */
  readonly readiness: string;
  /** When they gave it, offline perhaps. */
  readonly at: Instant;
}

/** The leads of a release are asked whether it goes (A6 row 6). */
export interface RollCall {
  readonly leads: readonly PersonId[];
  /** How many must say go. */
  readonly quorum: number;
  readonly openedBy: PersonId;
  readonly openedAt: Instant;
  /** The last answer of each. */
  readonly answers: readonly LeadAnswer[];
}

export type RollCallAct =
  | { readonly verb: 'open-roll-call'; readonly leads: readonly PersonId[]; readonly quorum: number }
  | {
      readonly verb: 'answer';
      readonly answer: GoAnswer;
      readonly note?: string | undefined;
      readonly readiness: string;
    };

export type RollCallEvent =
  | { readonly type: 'roll-call-opened'; readonly leads: readonly PersonId[]; readonly quorum: number }
  | {
      readonly type: 'answered';
      readonly answer: GoAnswer;
      readonly note: string;
      readonly readiness: string;
      readonly at: Instant;
    };

export interface Tally {
  readonly go: number;
  readonly noGo: number;
  readonly abstain: number;
  /** Answers on a readiness that has moved since: their people are asked again. */
  readonly void: readonly LeadAnswer[];
  /** Who has not said anything. */
  readonly silent: readonly PersonId[];
  /** `open` while the answers that are still to come may decide. */
  readonly verdict: 'open' | 'go' | 'no_go';
}

/** What the answers come to on the readiness that stands: go by quorum, no-go once a quorum is out of reach. */
export function tallyOf({ leads, quorum, answers }: RollCall, readiness: string): Tally {
  const valid = answers.filter((each) => each.readiness === readiness);
  const count = (wanted: GoAnswer) => valid.filter(({ answer }) => answer === wanted).length;
  const go = count('go');
  const reachable = go + leads.length - valid.length;
  return {
    go,
    noGo: count('no_go'),
    abstain: count('abstain'),
    void: answers.filter((each) => each.readiness !== readiness),
    silent: leads.filter((lead) => answers.every(({ person }) => person !== lead)),
    verdict: go >= quorum ? 'go' : reachable < quorum ? 'no_go' : 'open',
  };
}
