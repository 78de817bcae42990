/** A war room of many hours, made from a seed: entries that are typed in pieces and now and then set right. */
import { addEntry, changeEntry, sharedText, writtenList } from '@muster/documents';
import type { Frame } from '@muster/documents';
import type { PersonId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import * as Y from 'yjs';
import type { Random } from '../../support/sync/random.ts';

export interface RoomFill {
  readonly entries: number;
  readonly by: PersonId;
  /** Epoch ms of the first entry, and how long after it the last one is. */
  readonly begun: number;
  readonly spanMs: number;
  readonly random: Random;
}

export interface FilledRoom {
  readonly doc: Y.Doc;
  /** Each edit with the instant at which it was made. */
  readonly frames: readonly Frame[];
  /** The same edits in parts as large as the server lets somebody send at once. */
  readonly parts: readonly Uint8Array[];
}

const ENTRIES_A_PART = 100;

export function typeRoom({ entries, by, begun, spanMs, random }: RoomFill): FilledRoom {
  const doc = new Y.Doc();
  const frames: Frame[] = [];
  const parts: Uint8Array[] = [];
  let at = begun;
  let part: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => {
    at += 1_000;
    frames.push({ at, update });
    part.push(update);
  });
  const list = writtenList(doc, 'timeline');
  for (let index = 0; index < entries; index += 1) {
    at = begun + Math.floor((index / entries) * spanMs);
    const head = { id: ulid(at), at, writtenAt: at, by, kind: 'observation', source: null } as const;
    addEntry(doc, { ...head, text: `Seen ${index}: ${random.word()}` });
    const text = sharedText(list.get(index));
    for (let piece = 0; piece < 3; piece += 1) text?.insert(text.length, ` ${random.word()}`);
    if (index % 20 === 0) {
      changeEntry(list.get(index), { id: ulid(at), by, at, set: { kind: 'decision' } });
    }
    if (index % ENTRIES_A_PART !== ENTRIES_A_PART - 1 && index !== entries - 1) continue;
    parts.push(Y.mergeUpdates(part));
    part = [];
  }
  return { doc, frames, parts };
}
