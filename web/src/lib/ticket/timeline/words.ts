import type { EntryKind } from '@muster/documents';

export const ENTRY_NAMES: Readonly<Record<EntryKind, string>> = {
  observation: 'Observation',
  action: 'Action',
  decision: 'Decision',
  communication: 'Communication',
  question: 'Question',
  pin: 'Pin',
};

/** What people write themselves; a pin is made of something that is there. */
export const WRITTEN_KINDS = ['observation', 'action', 'decision', 'communication', 'question'] as const;

const MINUTE = 60_000;

/** Time since the incident began: `T+0:42`, `T+26:05`, `T−0:10` before. */
export function sinceWords(at: number, begunAt: number): string {
  const minutes = Math.floor(Math.abs(at - begunAt) / MINUTE);
  const sign = at < begunAt && minutes > 0 ? '−' : '+';
  return `T${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** An instant for a `datetime-local` field, to the minute, in the zone of this device. */
export function localField(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Null for a field that is empty or half filled. */
export function instantOf(field: string): number | null {
  const at = field === '' ? NaN : new Date(field).getTime();
  return Number.isNaN(at) ? null : at;
}
