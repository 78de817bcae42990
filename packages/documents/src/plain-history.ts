import type { PersonId, Recorded } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { facts, flat, id, isPlainObject, whole } from './codec.ts';
import type { Plain } from './codec.ts';
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
  doc.getArray('events').push(recorded.map(encodePlainEvent));
}

function encodePlainEvent({ clientAt, event, ...rest }: Recorded<object>): Plain {
  return plainEvent.encode({
    ...rest,
    event: event as Readonly<Record<string, unknown>>,
    clientLag: rest.at - clientAt,
  });
}

/** Makes a journal hold these events and no others; each that it holds already stays as it is. */
export function rewritePlainEvents(doc: Y.Doc, recorded: readonly Recorded<object>[]): void {
  const stored = doc.getArray<unknown>('events');
  const wanted = recorded.map(encodePlainEvent);
  const held = stored.toArray().map(textOf);
  let at = 0;
  for (const each of wanted) {
    const text = textOf(each);
    // one that is not wanted any more makes room
    const found = held.indexOf(text, at);
    const drop = found === -1 ? (held.length > at ? 1 : 0) : found - at;
    if (drop > 0) {
      stored.delete(at, drop);
      held.splice(at, drop);
    }
    if (found === -1) {
      stored.insert(at, [each]);
      held.splice(at, 0, text);
    }
    at += 1;
  }
  if (held.length > at) stored.delete(at, held.length - at);
}

/** Facts are the same in whatever order they stand. */
function textOf(stored: unknown): string {
  return JSON.stringify(stored, (_key, part: unknown) =>
    isPlainObject(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
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
