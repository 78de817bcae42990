/** Counting votes. Any rejection rejects, unless the rule counts how many approve (pairs: approve and reject). */
import { unreachable } from '../../shared/index.ts';
import type { PersonId } from '../../shared/index.ts';
import type { ApprovalRule, Vote, Voter } from './approval.ts';

export type RuleOutcome = 'approved' | 'rejected' | 'open';

/** @param voteOf What a person said; null for whoever has not */
export function countVotes(
  rule: ApprovalRule,
  voters: readonly Voter[],
  voteOf: (person: PersonId) => Vote | null,
): RuleOutcome {
  const sum = (counts: (vote: Vote | null) => boolean, weighed = false): number =>
    voters.reduce(
      (total, { person, weight }) => (counts(voteOf(person)) ? total + (weighed ? weight : 1) : total),
      0,
    );
  const yes = sum((vote) => vote === 'approved');
  const no = sum((vote) => vote === 'rejected');
  const silent = sum((vote) => vote === null);
  switch (rule.kind) {
    case 'any':
      return no > 0 ? 'rejected' : yes > 0 ? 'approved' : 'open';
    case 'all':
      // Who abstains leaves it to the others; all of them abstaining approve nothing.
      return no > 0 ? 'rejected' : yes > 0 && silent === 0 ? 'approved' : 'open';
    case 'majority': {
      const half = (yes + no + silent) / 2;
      return yes > half ? 'approved' : no > 0 && yes + silent <= half ? 'rejected' : 'open';
    }
    case 'quorum':
      return reached(Math.max(1, rule.votes), yes, silent, no);
    case 'weighted': {
      const heavy = sum((vote) => vote === 'approved', true);
      const undecided = sum((vote) => vote === null, true);
      return reached(Math.max(Number.MIN_VALUE, rule.weight), heavy, undecided, no);
    }
    default:
      return unreachable(rule);
  }
}

function reached(needed: number, yes: number, silent: number, no: number): RuleOutcome {
  if (yes >= needed) return 'approved';
  return no > 0 && yes + silent < needed ? 'rejected' : 'open';
}
