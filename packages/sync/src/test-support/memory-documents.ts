import { personId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type {
  AppendOutcome,
  AppendRequest,
  AudienceChange,
  CommittedUpdate,
  DocumentPort,
  EpochChange,
  LoadedDocument,
} from '../server/ports.ts';

interface Stored {
  snapshot: Uint8Array | null;
  tail: Uint8Array[];
  seq: number;
  damaged: boolean;
  locked: boolean;
  readonly author: Y.Doc;
  readonly bindings: Map<number, PersonId>;
}

/** A document store that keeps what it is given, in memory. Answers can be held back and made to fail. */
export class MemoryDocuments implements DocumentPort {
  readonly appended: AppendRequest[] = [];
  readonly rejected: {
    readonly name: string;
    readonly person: PersonId;
    readonly code: string;
    readonly update: Uint8Array;
  }[] = [];
  loads = 0;
  readonly #documents = new Map<string, Stored>();
  readonly #committed = new Set<(updates: readonly CommittedUpdate[]) => void>();
  readonly #epochs = new Set<(change: EpochChange) => void>();
  readonly #audiences = new Set<(change: AudienceChange) => void>();
  #held: (() => void)[] | null = null;
  #heldLoads: (() => void)[] | null = null;
  #failures: (AppendOutcome | Error)[] = [];
  #failLoad: Error | null = null;

  /** Makes a document, with what the server writes into it first. */
  create(name: string, seed: (doc: Y.Doc) => void = () => undefined): this {
    const author = new Y.Doc();
    author.clientID = 7;
    this.#documents.set(name, {
      snapshot: null,
      tail: [],
      seq: 0,
      damaged: false,
      locked: false,
      author,
      bindings: new Map(),
    });
    this.write(name, seed);
    return this;
  }

  /** Writes as the server does: one transaction, committed, then told. */
  write(name: string, change: (doc: Y.Doc) => void): void {
    const stored = this.#get(name);
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): number => updates.push(update);
    stored.author.on('update', collect);
    stored.author.transact(() => change(stored.author));
    stored.author.off('update', collect);
    for (const update of updates) {
      const committed = { name, seq: this.#keep(stored, update), update };
      for (const listener of this.#committed) listener([committed]);
    }
  }

  /** Folds all updates of a document into a snapshot. */
  compact(name: string): void {
    const stored = this.#get(name);
    stored.snapshot = Y.encodeStateAsUpdate(this.read(name));
    stored.tail = [];
  }

  /** What is on this disk, as a document. */
  read(name: string): Y.Doc {
    const doc = new Y.Doc();
    const { snapshot, tail } = this.#get(name);
    if (snapshot !== null) Y.applyUpdate(doc, snapshot);
    for (const update of tail) Y.applyUpdate(doc, update);
    return doc;
  }

  bind(name: string, client: number, person: string): void {
    this.#get(name).bindings.set(client, personId(person));
  }

  /** From now on nothing that a record may lock is written in the document. */
  lock(name: string): void {
    this.#get(name).locked = true;
  }

  damage(name: string): void {
    this.#get(name).damaged = true;
  }

  rotate(old: string, next: string): void {
    for (const listener of this.#epochs) listener({ old, next, reason: 'compaction' });
  }

  holdAppends(): void {
    this.#held ??= [];
  }

  get heldAppends(): number {
    return this.#held?.length ?? 0;
  }

  /** Lets the oldest held append go on. */
  releaseOne(): void {
    this.#held?.shift()?.();
  }

  releaseAppends(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
  }

  holdLoads(): void {
    this.#heldLoads ??= [];
  }

  releaseLoads(): void {
    const held = this.#heldLoads ?? [];
    this.#heldLoads = null;
    for (const go of held) go();
  }

  failNextAppend(failure: AppendOutcome | Error): void {
    this.#failures.push(failure);
  }

  /** Failures that nothing met go away. */
  forgetFailures(): void {
    this.#failures = [];
    this.#failLoad = null;
  }

  failNextLoad(failure: Error): void {
    this.#failLoad = failure;
  }

  async load(name: string): Promise<LoadedDocument | null> {
    this.loads += 1;
    const failure = this.#failLoad;
    this.#failLoad = null;
    if (failure !== null) throw failure;
    const loaded = this.#loaded(name);
    // Held after the reading, so that what commits meanwhile is not in it.
    if (this.#heldLoads !== null) await new Promise<void>((resolve) => this.#heldLoads?.push(resolve));
    return loaded;
  }

  async appendAll(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> {
    if (this.#held !== null) await new Promise<void>((resolve) => this.#held?.push(resolve));
    if (this.#failures[0] instanceof Error) throw this.#failures.shift();
    return Promise.all(requests.map((request) => this.#append(request)));
  }

  async #append(request: AppendRequest): Promise<AppendOutcome> {
    const failure = this.#failures.shift();
    if (failure !== undefined && !(failure instanceof Error)) return failure;
    const stored = this.#documents.get(request.name);
    if (stored === undefined) return { ok: false, code: 'no-such-document' };
    if (stored.locked && request.lockable === true) {
      await this.keepRejected(request.name, request.person, request.update, 'locked');
      return { ok: false, code: 'locked' };
    }
    for (const client of request.clientIds) {
      const bound = stored.bindings.get(client);
      const owner = bound ?? request.person;
      const claimed = bound === undefined && request.claimedByOthers?.includes(client) === true;
      if (owner !== request.person || claimed) {
        await this.keepRejected(request.name, request.person, request.update, 'client-id-bound');
        return { ok: false, code: 'client-id-bound' };
      }
      stored.bindings.set(client, owner);
    }
    this.appended.push(request);
    return { ok: true, seq: this.#keep(stored, request.update) };
  }

  async keepRejected(name: string, person: PersonId, update: Uint8Array, code: string): Promise<void> {
    this.rejected.push({ name, person, code, update });
  }

  onCommitted(listener: (updates: readonly CommittedUpdate[]) => void): () => void {
    this.#committed.add(listener);
    return () => this.#committed.delete(listener);
  }

  onEpoch(listener: (change: EpochChange) => void): () => void {
    this.#epochs.add(listener);
    return () => this.#epochs.delete(listener);
  }

  onAudience(listener: (change: AudienceChange) => void): () => void {
    this.#audiences.add(listener);
    return () => this.#audiences.delete(listener);
  }

  /** Others may read a record now. */
  changeAudience(change: AudienceChange): void {
    for (const listener of this.#audiences) listener(change);
  }

  #get(name: string): Stored {
    const stored = this.#documents.get(name);
    if (stored === undefined) throw new Error(`no document ${name}`);
    return stored;
  }

  #keep(stored: Stored, update: Uint8Array): number {
    stored.seq += 1;
    stored.tail.push(update);
    return stored.seq;
  }

  #loaded(name: string): LoadedDocument | null {
    const stored = this.#documents.get(name);
    if (stored === undefined) return null;
    const epoch = Number(/@(\d+)$/.exec(name)?.[1] ?? 0);
    const { snapshot, tail, seq, damaged } = stored;
    return { name, epoch, layout: 1, headSeq: seq, damaged, snapshot, tail: [...tail] };
  }
}
