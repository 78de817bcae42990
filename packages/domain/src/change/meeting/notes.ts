/** Who writes in the notes of a meeting, which everybody writes together. */
import type { Actor } from '../../shared/index.ts';
import type { Meeting } from './meeting.ts';

const WRITERS = ['change.work', 'change.approve', 'change.manage'] as const;

/** Whoever may read changes and is invited, or works on changes, until the meeting is over (CHG-105). */
export function mayWriteNotes(actor: Actor, { state, invited }: Pick<Meeting, 'state' | 'invited'>): boolean {
  if (state === 'closed' || state === 'called_off' || !actor.permissions.has('change.read')) return false;
  return invited.includes(actor.id) || WRITERS.some((permission) => actor.permissions.has(permission));
}
