import type { LoadedDocument } from '../../store.ts';
import type { DocumentRow } from './document-row.ts';
import type { ReadLog } from './log.ts';

/** A document as it crosses to the main thread: all its bytes in one piece of memory. */
export function loadedDocument(
  row: Pick<DocumentRow, 'name' | 'epoch' | 'layout' | 'head_seq' | 'damaged_at'>,
  { snapshot, tail }: Pick<ReadLog, 'snapshot' | 'tail'>,
): LoadedDocument {
  const parts = snapshot === null ? [...tail] : [snapshot, ...tail];
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  const views = parts.map((part) => {
    packed.set(part, at);
    at += part.byteLength;
    return packed.subarray(at - part.byteLength, at);
  });
  return {
    name: row.name,
    epoch: row.epoch,
    layout: row.layout,
    headSeq: row.head_seq,
    damaged: row.damaged_at !== null,
    snapshot: snapshot === null ? null : (views[0] ?? null),
    tail: snapshot === null ? views : views.slice(1),
  };
}
