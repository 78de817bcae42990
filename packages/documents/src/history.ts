import type { Recorded, TicketEvent } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { sift } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';
import { decodeEvent, encodeEvent } from './ticket-events.ts';

/** Appends events to `record/<id>` or `journal/<id>`. Which of the two is `audienceOf`'s word, not this function's. */
export function appendEvents(doc: Y.Doc, recorded: readonly Recorded<TicketEvent>[]): void {
  if (recorded.length === 0) return;
  doc.getArray('events').push(recorded.map(encodeEvent));
}

/** Reads the events of one document in the order written. Unknown ones are set aside. */
export function readEvents(doc: Y.Doc): {
  readonly events: readonly Recorded<TicketEvent>[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const stored = doc.getArray('events').toArray();
  const { conforming, nonconforming } = sift(
    stored.map((value, index) => decodeEvent(`events.${index}`, value)),
  );
  return { events: conforming, nonconforming };
}
