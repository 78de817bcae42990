/** Call chains kept as data: who is called when somebody must answer, one after the other, and how long each has. */
import type { PersonId, ScheduleId, TeamId } from './ids.ts';

export const MAX_CHAIN_STEPS = 30;
/** How often a chain may begin anew after its first round. */
export const MOST_REPEATS = 5;
/** A day: the longest that one step waits. */
export const MOST_WAIT_MINUTES = 24 * 60;

export const CHAIN_STEP_KINDS = ['wait', 'person', 'schedule', 'team'] as const;
export const TEAM_PARTS = ['all', 'lead'] as const;

/** Time for whoever was called to answer, or somebody to call. */
export type ChainStep =
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'person'; readonly person: PersonId }
  /** Whoever is on call by a schedule at that moment. Its name is for words where the schedule is not at hand. */
  | { readonly kind: 'schedule'; readonly schedule: ScheduleId; readonly name: string }
  | { readonly kind: 'team'; readonly team: TeamId; readonly part: (typeof TEAM_PARTS)[number] };

/** The id of the chain that major incidents call; every other chain has the id of its team. */
export const MAJOR_CHAIN = 'major';

export interface Chain {
  /** Its team's id or `MAJOR_CHAIN`, so that each has one at most. */
  readonly id: string;
  /** Counts its changes from 1: who changes it says which they saw. */
  readonly version: number;
  readonly name: string;
  readonly steps: readonly ChainStep[];
  /** How often it begins anew when nobody answered, 0 to `MOST_REPEATS`. */
  readonly repeats: number;
}

/** The chain of a team, or of major incidents for null. */
export function chainFor(
  { chains }: { readonly chains: ReadonlyMap<string, Chain> },
  team: TeamId | null,
): Chain | undefined {
  return chains.get(team ?? MAJOR_CHAIN);
}

export type ChainFault = 'calls-nobody' | 'ends-without-wait';

/** What keeps steps from being a chain: it must call somebody, and give the last one called time to answer. */
export function chainFault(steps: readonly ChainStep[]): ChainFault | null {
  if (steps.every(({ kind }) => kind === 'wait')) return 'calls-nobody';
  return steps.at(-1)?.kind === 'wait' ? null : 'ends-without-wait';
}
