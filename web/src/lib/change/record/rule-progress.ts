import { voteOf, votersOf } from '@muster/domain/change';
import type { Change, Requirement } from '@muster/domain/change';

/** How far the votes of a policy have come: for a bar, and in words. */
export interface RuleProgress {
  readonly have: number;
  readonly needed: number;
  readonly words: string;
}

export function ruleProgress(requirement: Requirement, change: Change): RuleProgress {
  const voters = votersOf(requirement, change);
  const approving = voters.filter(({ person }) => voteOf(change, person) === 'approved');
  const yes = approving.length;
  const counted = voters.filter(({ person }) => voteOf(change, person) !== 'abstained').length;
  const { rule } = requirement;
  if (voters.length === 0) return { have: 0, needed: 1, words: nobodyWords(requirement) };
  switch (rule.kind) {
    case 'any':
      return { have: yes, needed: 1, words: `One of ${voters.length} is enough` };
    case 'all':
      return {
        have: yes,
        needed: Math.max(1, counted),
        words: `All ${counted} needed, ${yes} given`,
      };
    case 'majority': {
      const needed = Math.floor(counted / 2) + 1;
      return {
        have: yes,
        needed,
        words: `${needed} needed, more than half of ${counted}; ${yes} given`,
      };
    }
    case 'quorum':
      return { have: yes, needed: rule.votes, words: `${rule.votes} votes needed, ${yes} given` };
    case 'weighted': {
      const have = approving.reduce((sum, { weight }) => sum + weight, 0);
      return { have, needed: rule.weight, words: `A weight of ${rule.weight} needed, ${have} given` };
    }
  }
}

/** Why no vote can come, and who can help. */
function nobodyWords({ voters }: Requirement): string {
  return voters.length === 0
    ? 'Nobody may approve it: this policy finds no active person. Whoever keeps the rules of changes names people in it, or an administrator puts them into its team, then ask again.'
    : 'Nobody may approve it: all whom this policy names made or own it. Let somebody else own it, or whoever keeps the rules of changes names more people, then ask again.';
}
