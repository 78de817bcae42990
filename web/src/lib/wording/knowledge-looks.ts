import type { KnowledgeState } from '@muster/domain/problem';
import type { StateShape } from '#lib/ui/StatePill.svelte';
import type { Tone } from '#lib/ui/tone.ts';

export const KNOWLEDGE_LOOKS: Readonly<
  Record<KnowledgeState, { readonly shape: StateShape; readonly tone: Tone }>
> = {
  draft: { shape: 'dotted', tone: 'neutral' },
  review: { shape: 'half', tone: 'info' },
  published: { shape: 'check', tone: 'success' },
  superseded: { shape: 'cross', tone: 'neutral' },
  retired: { shape: 'cross', tone: 'neutral' },
};
