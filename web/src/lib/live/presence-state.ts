import { personId, recordId } from '@muster/domain/shared';
import type { PersonId, RecordId } from '@muster/domain/shared';

/** What a tab says of itself, under `at` of its awareness state. */
export interface PresenceState {
  readonly record: RecordId | null;
  /** What is being edited; null when only looking. */
  readonly part: string | null;
  /** The tab is not seen. */
  readonly idle: boolean;
}

export interface SeenPresence extends PresenceState {
  readonly person: PersonId;
  readonly name: string;
  /** Six-digit hex. */
  readonly colour: string;
}

/** A state as it came over the wire; null when the server has not said whose it is. */
export function readPresence(state: unknown): SeenPresence | null {
  const { user, at } = fieldsOf(state);
  const { id, name, color } = fieldsOf(user);
  if (typeof id !== 'string' || typeof name !== 'string') return null;
  const { record, part, idle } = fieldsOf(at);
  return {
    person: personId(id),
    name,
    colour: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '#667788',
    record: typeof record === 'string' ? recordId(record) : null,
    part: typeof part === 'string' ? part : null,
    idle: idle === true,
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
