import * as Y from 'yjs';
import { encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import type { LoadedDocument } from './ports.ts';

/** `Y.mergeUpdates` is quadratic: beyond this many at once it is slower than sending them apart. */
const MERGE_AT_MOST = 100;
/** A longer tail is folded into the base by the next first open. */
const FOLD_AFTER = 400;
/** A smaller log becomes one update with its first open, and is kept as the frame that carries it. */
const ONE_UPDATE_BELOW = 16 * 1024;
const EMPTY_UPDATE = Uint8Array.of(0, 0);

/** Merges updates, in groups, to one; of a long list to a few. */
export function mergeInGroups(updates: readonly Uint8Array[]): Uint8Array[] {
  const merged: Uint8Array[] = [];
  for (let from = 0; from < updates.length; from += MERGE_AT_MOST) {
    const group = updates.slice(from, from + MERGE_AT_MOST);
    merged.push(group.length === 1 && group[0] !== undefined ? group[0] : Y.mergeUpdates(group));
  }
  return merged;
}

/**
 * What of a document is on disk, as bytes: a base and the updates after it. A first open is served from here
 * without a Y.Doc. Positions count committed updates since the load; a reader that fell behind remembers one.
 */
export class CommittedLog {
  #base: Uint8Array | null;
  #tail: Uint8Array[];
  #tailFrom = 0;
  #firstOpen: readonly Uint8Array[] | null = null;
  #stateVector: Uint8Array | null = null;
  headSeq: number;

  constructor(loaded: LoadedDocument) {
    this.#base = loaded.snapshot;
    this.#tail = [...loaded.tail];
    this.headSeq = loaded.headSeq;
  }

  /** The position after the newest update. */
  get end(): number {
    return this.#tailFrom + this.#tail.length;
  }

  get bytes(): number {
    return (this.#base?.length ?? 0) + this.#tail.reduce((sum, { length }) => sum + length, 0);
  }

  get wantsFolding(): boolean {
    return this.#tail.length > FOLD_AFTER;
  }

  push(seq: number, update: Uint8Array): void {
    this.headSeq = Math.max(this.headSeq, seq);
    this.#tail.push(update);
    this.#firstOpen = null;
    this.#stateVector = null;
  }

  /** Replaces base and tail by the encoded state of a document that holds exactly them. */
  fold(state: Uint8Array): void {
    this.#tailFrom = this.end;
    this.#base = state;
    this.#tail = [];
    this.#firstOpen = null;
  }

  build(): Y.Doc {
    // a guid of its own takes Yjs 32 random numbers, and nothing reads it
    const doc = new Y.Doc({ guid: '' });
    doc.transact(() => {
      if (this.#base !== null) Y.applyUpdate(doc, this.#base);
      for (const update of this.#tail) Y.applyUpdate(doc, update);
    });
    return doc;
  }

  /**
   * Frames for a client that has nothing: the tail first and the base last, as the step 2.
   * Yjs holds the tail until the base is there, so that "synced" means all of it.
   */
  firstOpenFrames(): readonly Uint8Array[] {
    this.#firstOpen ??= this.bytes < ONE_UPDATE_BELOW ? this.#encodeAsOne() : this.#encodeFirstOpen();
    return this.#firstOpen;
  }

  /** How far each client's updates reach, read from the bytes: nothing in a log builds on what is missing. */
  stateVector(): Uint8Array {
    this.#stateVector ??= Y.encodeStateVector(this.#reach());
    return this.#stateVector;
  }

  /** Everything, in an order in which it can be applied. */
  parts(): readonly Uint8Array[] {
    return this.#base === null ? [...this.#tail] : [this.#base, ...this.#tail];
  }

  /** The position after an update; null when that lies before what is kept apart here, or is not known. */
  positionOf(seq: number): number | null {
    const position = this.end - (this.headSeq - seq);
    return seq > this.headSeq || position < this.#tailFrom ? null : position;
  }

  /** Updates after a position, merged in groups; null when they have been folded away. */
  since(position: number): readonly Uint8Array[] | null {
    return position < this.#tailFrom ? null : mergeInGroups(this.#tail.slice(position - this.#tailFrom));
  }

  #reach(): Map<number, number> {
    const reach = new Map<number, number>();
    for (const part of this.parts()) {
      for (const [client, end] of Y.parseUpdateMeta(part).to) {
        if (end > (reach.get(client) ?? 0)) reach.set(client, end);
      }
    }
    return reach;
  }

  #encodeAsOne(): readonly Uint8Array[] {
    const [merged = EMPTY_UPDATE] = mergeInGroups(mergeInGroups(this.parts()));
    const frame = encodeStepTwo(merged);
    this.fold(frame.subarray(frame.length - merged.length));
    return [frame];
  }

  #encodeFirstOpen(): readonly Uint8Array[] {
    const updates = mergeInGroups(this.#tail);
    const last = this.#base ?? updates.pop() ?? EMPTY_UPDATE;
    return [...updates.map(encodeUpdate), encodeStepTwo(last)];
  }
}
