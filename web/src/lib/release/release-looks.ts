import type { GateResult, PhaseState, ReleaseState } from '@muster/domain/release';
import type { StateShape } from '#lib/ui/StatePill.svelte';
import type { Tone } from '#lib/ui/tone.ts';

interface Look {
  readonly shape: StateShape;
  readonly tone: Tone;
}

export const STATE_LOOKS: Readonly<Record<ReleaseState, Look>> = {
  draft: { shape: 'dotted', tone: 'neutral' },
  planning: { shape: 'ring', tone: 'neutral' },
  building: { shape: 'half', tone: 'info' },
  testing: { shape: 'half', tone: 'info' },
  ready: { shape: 'most', tone: 'info' },
  go: { shape: 'most', tone: 'success' },
  no_go: { shape: 'pause', tone: 'danger' },
  deploying: { shape: 'most', tone: 'warning' },
  rolling_back: { shape: 'most', tone: 'danger' },
  rolled_back: { shape: 'cross', tone: 'danger' },
  hypercare: { shape: 'full', tone: 'warning' },
  review: { shape: 'full', tone: 'info' },
  completed: { shape: 'check', tone: 'success' },
  cancelled: { shape: 'cross', tone: 'neutral' },
};

export const PHASE_LOOKS: Readonly<Record<PhaseState, Look>> = {
  pending: { shape: 'dotted', tone: 'neutral' },
  in_progress: { shape: 'half', tone: 'info' },
  completed: { shape: 'check', tone: 'success' },
};

export const GATE_LOOKS: Readonly<Record<GateResult, Look>> = {
  pending: { shape: 'dotted', tone: 'neutral' },
  compliant: { shape: 'check', tone: 'success' },
  non_compliant: { shape: 'cross', tone: 'danger' },
  exception: { shape: 'pause', tone: 'warning' },
};
