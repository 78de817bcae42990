import type { PersonId, Recorded } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { facts, flat, id, whole } from './codec.ts';
import { isNonconforming, sift, versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';

/** An event with whole facts, as changes and releases keep them. */
interface StoredPlainEvent {
  readonly seq: number;
  readonly version: number;
  readonly actor: PersonId;
  readonly at: number;
  readonly event: Readonly<Record<string, unknown>>;
  /** How long before `at` it was done. */
  readonly clientLag: number;
}

export const plainEvent = versioned(
  1,
  flat<StoredPlainEvent>({
    seq: whole,
    version: whole,
    actor: id<PersonId>(),
    at: whole,
    event: facts,
    clientLag: whole,
  }),
);

/** Appends events of a change or a release to its `journal/<id>`. */
export function appendPlainEvents(doc: Y.Doc, recorded: readonly Recorded<object>[]): void {
  if (recorded.length === 0) return;
  const rows = recorded.map(({ clientAt, event, ...rest }) =>
    plainEvent.encode({
      ...rest,
      event: event as Readonly<Record<string, unknown>>,
      clientLag: rest.at - clientAt,
    }),
  );
  doc.getArray('events').push(rows);
}

/**
 * The events of a journal in the order written. What an event holds is its process's business: those without a type
 * are set aside.
 */
export function readPlainEvents<Event extends { readonly type: string }>(
  doc: Y.Doc,
): {
  readonly events: readonly Recorded<Event>[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const stored = doc.getArray('events').toArray();
  const { conforming, nonconforming } = sift(
    stored.map((value, index): Recorded<Event> | Nonconforming => {
      const path = `events.${index}`;
      const decoded = plainEvent.decode(path, value);
      if (isNonconforming(decoded)) return decoded;
      const { clientLag, event, ...rest } = decoded;
      if (typeof event['type'] !== 'string')
        return { nonconforming: true, path, reason: 'expected an event' };
      // what else an event holds is its rules' to read: they pass over types that they do not know
      return { ...rest, event: event as unknown as Event, clientAt: rest.at - clientLag };
    }),
  );
  return { events: conforming, nonconforming };
}
