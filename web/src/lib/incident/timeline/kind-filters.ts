import type { KindFilter } from './merge-timeline.ts';

export const KIND_FILTERS: readonly { readonly value: KindFilter; readonly label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'written', label: 'Written here' },
  { value: 'observation', label: 'Observations' },
  { value: 'action', label: 'Actions' },
  { value: 'decision', label: 'Decisions' },
  { value: 'communication', label: 'Communication' },
  { value: 'question', label: 'Questions' },
  { value: 'pin', label: 'Pins' },
  { value: 'conversation', label: 'Replies and notes' },
  { value: 'changes', label: 'Changes of the record' },
];
