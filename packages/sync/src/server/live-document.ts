/**
 * The Y.Doc of an open document: the committed log plus the updates on their way to the disk.
 * What is not committed must not leave: answers encoded from it are held until all that they hold is.
 */
import { rulesOf } from '@muster/documents';
import type { DocumentKind } from '@muster/documents';
import * as Y from 'yjs';
import type { CommittedLog } from './committed-log.ts';
import { declareRoot } from './guard/apply.ts';
import type { GuardedChange } from './guard/apply.ts';
import type { DeleteSet } from './guard/decode.ts';
import type { Clocks } from './guard/completeness.ts';

/** One writer's update and where the clocks of its clients stand after it. */
export interface InFlightPart {
  readonly update: Uint8Array;
  readonly clocks: Clocks;
}

/** Updates that the guard has taken together and the store has not answered. */
export class InFlight {
  readonly parts: readonly InFlightPart[];
  /** All of them as one update; null once the document that it was made in is not the one that is kept. */
  change: Uint8Array | null;
  /** What they deleted that was there before. */
  readonly deleted: DeleteSet;

  constructor(parts: readonly InFlightPart[], { change, deleted }: GuardedChange) {
    this.parts = parts;
    this.change = change;
    this.deleted = deleted;
  }
}

interface HeldAnswer {
  readonly encode: (doc: Y.Doc) => Uint8Array;
  readonly deliver: (bytes: Uint8Array) => void;
  bytes: Uint8Array;
  readonly waitsFor: Set<InFlight>;
}

export class LiveDocument {
  readonly #kind: DocumentKind;
  readonly #log: CommittedLog;
  readonly #inFlight = new Set<InFlight>();
  #held: HeldAnswer[] = [];
  #committed: Map<number, number>;
  #doc: Y.Doc;

  constructor(kind: DocumentKind, log: CommittedLog) {
    this.#kind = kind;
    this.#log = log;
    this.#doc = this.#build();
    this.#committed = Y.decodeStateVector(Y.encodeStateVector(this.#doc));
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  /** What of each client is on disk. */
  get committed(): Clocks {
    return this.#committed;
  }

  get settled(): boolean {
    return this.#inFlight.size === 0;
  }

  /** What is deleted here and not yet on disk: by updates that the store may refuse. */
  get deletedInFlight(): readonly DeleteSet[] {
    return [...this.#inFlight].map(({ deleted }) => deleted);
  }

  /** The updates are applied here and go to the store now. */
  begin(inFlight: InFlight): void {
    this.#inFlight.add(inFlight);
  }

  /** The store has answered: these parts are on disk and in the log, the others are not and never were. */
  settle(inFlight: InFlight, kept: readonly InFlightPart[]): void {
    this.#inFlight.delete(inFlight);
    for (const { clocks } of kept) {
      for (const [client, clock] of clocks) {
        if (clock > (this.#committed.get(client) ?? 0)) this.#committed.set(client, clock);
      }
    }
    if (kept.length === inFlight.parts.length) this.#release(inFlight);
    else this.rebuild();
  }

  /** An update of the server's own is on disk and in the log. */
  applyCommitted(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update);
    for (const [client, end] of Y.parseUpdateMeta(update).to) {
      this.#committed.set(client, Math.max(end, this.#committed.get(client) ?? 0));
    }
  }

  /** Throws the spoilt document away and builds it again from what is committed and what is rightly on its way. */
  rebuild(): void {
    this.#doc.destroy();
    this.#doc = this.#build();
    for (const inFlight of this.#inFlight) {
      // It may lack what a refused one brought with it.
      inFlight.change = null;
      for (const { update } of inFlight.parts) Y.applyUpdate(this.#doc, update);
    }
    const held = this.#held;
    this.#held = [];
    for (const { encode, deliver } of held) this.answer(encode, deliver);
  }

  /** Encodes an answer now and delivers it as soon as all that it holds is committed. */
  answer(encode: (doc: Y.Doc) => Uint8Array, deliver: (bytes: Uint8Array) => void): void {
    const bytes = encode(this.#doc);
    if (this.settled) deliver(bytes);
    else this.#held.push({ encode, deliver, bytes, waitsFor: new Set(this.#inFlight) });
  }

  destroy(): void {
    this.#held = [];
    this.#doc.destroy();
  }

  #build(): Y.Doc {
    const doc = this.#log.build();
    for (const [name, type] of Object.entries(rulesOf(this.#kind).roots)) declareRoot(doc, name, type);
    return doc;
  }

  #release(settled: InFlight): void {
    const ready: HeldAnswer[] = [];
    this.#held = this.#held.filter((answer) => {
      answer.waitsFor.delete(settled);
      if (answer.waitsFor.size > 0) return true;
      ready.push(answer);
      return false;
    });
    for (const { bytes, deliver } of ready) deliver(bytes);
  }
}
