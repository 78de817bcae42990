import type { ProblemState } from '@muster/domain/problem';
import type { StateShape } from '#lib/ui/StatePill.svelte';
import type { Tone } from '#lib/ui/tone.ts';

export const PROBLEM_LOOKS: Readonly<
  Record<ProblemState, { readonly shape: StateShape; readonly tone: Tone }>
> = {
  new: { shape: 'dotted', tone: 'neutral' },
  assess: { shape: 'ring', tone: 'info' },
  rca: { shape: 'half', tone: 'info' },
  fix_in_progress: { shape: 'most', tone: 'info' },
  resolved: { shape: 'check', tone: 'success' },
  closed: { shape: 'check', tone: 'neutral' },
  duplicate: { shape: 'cross', tone: 'neutral' },
  risk_accepted: { shape: 'pause', tone: 'warning' },
  cancelled: { shape: 'cross', tone: 'neutral' },
};
