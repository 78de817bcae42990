import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeFrame } from '../frames/frame.ts';
import { FrameError } from '../frames/reader.ts';
import { CommittedLog } from './committed-log.ts';

const SEED = 20_261_123;

interface Edit {
  readonly writer: number;
  readonly insert: string;
  readonly at: number;
  readonly remove: number;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  writer: fc.nat({ max: 2 }),
  insert: fc.string({ maxLength: 4 }),
  at: fc.nat({ max: 40 }),
  remove: fc.nat({ max: 3 }),
});

/** The updates of three people who write one text in turn. */
function updatesOf(edits: readonly Edit[]): readonly Uint8Array[] {
  const docs = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
  const updates: Uint8Array[] = [];
  for (const { writer, insert, at, remove } of edits) {
    const doc = docs[writer] ?? new Y.Doc();
    const text = doc.getText('text');
    const own: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void own.push(update);
    doc.on('update', collect);
    doc.transact(() => {
      text.insert(Math.min(at, text.length), insert);
      text.delete(0, Math.min(remove, text.length));
    });
    doc.off('update', collect);
    updates.push(...own);
    for (const other of docs) if (other !== doc) for (const update of own) Y.applyUpdate(other, update);
  }
  return updates;
}

function logOf(updates: readonly Uint8Array[], inSnapshot: number): CommittedLog {
  const base = new Y.Doc();
  for (const update of updates.slice(0, inSnapshot)) Y.applyUpdate(base, update);
  return new CommittedLog({
    name: 'room/R1',
    epoch: 1,
    layout: 1,
    headSeq: updates.length,
    damaged: false,
    snapshot: inSnapshot === 0 ? null : Y.encodeStateAsUpdate(base),
    tail: updates.slice(inSnapshot),
  });
}

function opened(log: CommittedLog): Y.Doc {
  const doc = new Y.Doc();
  for (const bytes of log.firstOpenFrames()) {
    const frame = decodeFrame(bytes);
    if (frame instanceof FrameError || !('update' in frame)) throw new Error('not a frame with an update');
    Y.applyUpdate(doc, frame.update);
  }
  return doc;
}

const vectorOf = (bytes: Uint8Array) => Y.decodeStateVector(bytes);

describe('the committed log', () => {
  test(`[SYN-10] says without a Y.Doc what a Y.Doc of it would say (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), fc.nat({ max: 30 }), (edits, inSnapshot) => {
        const updates = updatesOf(edits);
        const log = logOf(updates, Math.min(inSnapshot, updates.length));
        const truth = log.build();
        expect(vectorOf(log.stateVector())).toEqual(vectorOf(Y.encodeStateVector(truth)));
        const first = opened(log);
        expect(first.getText('text').toString()).toBe(truth.getText('text').toString());
        expect(Y.encodeStateVector(first)).toEqual(Y.encodeStateVector(truth));
        expect(first.store.pendingStructs).toBeNull();
        // What the first open left behind is the same log.
        expect(log.build().getText('text').toString()).toBe(truth.getText('text').toString());
        expect(vectorOf(log.stateVector())).toEqual(vectorOf(Y.encodeStateVector(truth)));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[SYN-10] goes on after its first open with what is committed then', () => {
    const updates = updatesOf(
      Array.from({ length: 6 }, (_, writer) => ({ writer: writer % 3, insert: 'ab', at: 0, remove: 0 })),
    );
    const log = logOf(updates.slice(0, 4), 2);
    expect(opened(log).getText('text').length).toBe(8);
    const position = log.end;
    updates.slice(4).forEach((update, index) => log.push(5 + index, update));
    expect(vectorOf(log.stateVector())).toEqual(vectorOf(Y.encodeStateVector(log.build())));
    expect(log.since(position)?.length).toBe(1);
    expect(opened(log).getText('text').length).toBe(12);
    expect(log.headSeq).toBe(6);
  });
});
