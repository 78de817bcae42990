/** Brings a room back as it stood at a sequence: the nearest checkpoint before it, and the updates since. */
import * as Y from 'yjs';
import { Attribution } from '../../replay/attribution.ts';
import { decodeAuthors } from '../../replay/checkpoint.ts';
import { ownBytes } from '../documents/log.ts';
import type { RoomLog } from './room-log.ts';

export interface Replayed {
  readonly doc: Y.Doc;
  readonly attribution: Attribution;
}

/**
 * Replays up to a sequence from a checkpoint at `from` or before it. What is deleted after the checkpoint keeps its
 * content unless `collect` is set.
 */
export function replay(
  log: RoomLog,
  upTo: number,
  options: { readonly from: number; readonly collect: boolean },
): Replayed {
  const checkpoint = log.checkpoint(Math.min(options.from, upTo));
  const begun = checkpoint?.at ?? 0;
  const unlogged = (client: number) => ({ person: log.personOf(client), at: begun });
  const ownerOf = (client: number) => (log.ownerOf(client) === null ? null : log.personOf(client));
  const attribution =
    checkpoint === null
      ? new Attribution(unlogged, ownerOf)
      : decodeAuthors(ownBytes(checkpoint.authors), unlogged, ownerOf);
  const doc = new Y.Doc({ gc: options.collect });
  if (checkpoint !== null) Y.applyUpdate(doc, checkpoint.state);
  for (const { update, seq, person, at, recovered } of log.updates(checkpoint?.seq ?? 0, upTo)) {
    const note = (transaction: Y.Transaction): void =>
      attribution.note(transaction, { seq, person, at, recovered });
    doc.once('afterTransaction', note);
    Y.applyUpdate(doc, update);
    doc.off('afterTransaction', note);
  }
  return { doc, attribution };
}
