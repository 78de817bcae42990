/**
 * One document that somebody reads: loading → ready → draining → gone. Made once, loaded once; whoever joins while it
 * drains keeps it. Writes pass the guard, go to the store, and reach readers and the author's ACK only from there.
 */
import { rulesOf } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import type { PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Clock } from '../clock.ts';
import { failpoint } from '../failpoint/index.ts';
import { encodeUpdate } from '../frames/sync.ts';
import type { Limits } from '../limits.ts';
import { AwarenessRoom } from './awareness-room.ts';
import { CommittedLog, mergeInGroups } from './committed-log.ts';
import type { DocumentReader } from './document-reader.ts';
import { applyGuarded } from './guard/apply.ts';
import { bringsNothing, clocksAfter, writersOf } from './guard/completeness.ts';
import { Rejection } from './guard/rejection.ts';
import { LiveDocument } from './live-document.ts';
import type { InFlight } from './live-document.ts';
import type {
  AppendOutcome,
  CommittedUpdate,
  DocumentPort,
  EpochChange,
  HostEvent,
  LoadedDocument,
} from './ports.ts';
import type { Flushable, Turn } from './turn.ts';
import type { Write, WriteOutcome } from './write-queue.ts';

/** What an open document needs of the host. */
export interface DocumentSurroundings {
  readonly port: DocumentPort;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly turn: Turn;
  report(event: HostEvent): void;
  watchSlow(reader: DocumentReader): void;
  epochChangeOf(name: string): EpochChange | null;
  /** The store has answered an append. */
  appended(): void;
  /** The document has unloaded, or never loaded. */
  gone(document: OpenDocument): void;
}

export class OpenDocument implements Flushable {
  readonly name: string;
  readonly kind: DocumentName['kind'];
  readonly host: DocumentSurroundings;
  readonly awareness: AwarenessRoom;
  /** Resolves true when loaded, false when there is no such document; rejects when it cannot be read. */
  readonly loaded: Promise<boolean>;
  readonly #readers = new Set<DocumentReader>();
  #state: 'loading' | 'ready' | 'draining' | 'gone' = 'loading';
  #joining = 0;
  #early: CommittedUpdate[] = [];
  #loadedDocument: LoadedDocument | null = null;
  #log: CommittedLog | null = null;
  #live: LiveDocument | null = null;
  #damaged = false;
  #appending = 0;
  #estimatedBytes = 0;
  #outgoing: Uint8Array[] = [];
  #outgoingFrom = 0;
  readonly #due = new Set<DocumentReader>();
  #cancelUnload: (() => void) | null = null;

  constructor(name: DocumentName, host: DocumentSurroundings) {
    this.name = name.raw;
    this.kind = name.kind;
    this.host = host;
    this.awareness = new AwarenessRoom(host.limits, host.clock, (frame) => {
      for (const reader of this.#readers) reader.show(frame);
    });
    this.loaded = this.#load();
  }

  get state(): 'loading' | 'ready' | 'draining' | 'gone' {
    return this.#state;
  }

  get limits(): Limits {
    return this.host.limits;
  }

  get clock(): Clock {
    return this.host.clock;
  }

  get epoch(): number {
    return this.#loadedDocument?.epoch ?? 0;
  }

  get layout(): number {
    return this.#loadedDocument?.layout ?? rulesOf(this.kind).layout;
  }

  get headSeq(): number {
    return this.log.headSeq;
  }

  get appending(): number {
    return this.#appending;
  }

  get readers(): ReadonlySet<DocumentReader> {
    return this.#readers;
  }

  get writable(): boolean {
    return !this.#damaged && rulesOf(this.kind).writer !== 'server';
  }

  get log(): CommittedLog {
    if (this.#log === null) throw new Error(`${this.name} is not loaded`);
    return this.#log;
  }

  /** Keeps the document while somebody is on the way in; answer with `join` or `stay off`. */
  expect(): void {
    this.#joining += 1;
    this.#cancelUnload?.();
    this.#cancelUnload = null;
    if (this.#state === 'draining') this.#state = 'ready';
  }

  join(reader: DocumentReader): void {
    this.#joining -= 1;
    this.#readers.add(reader);
    reader.greet();
  }

  stayOff(): void {
    this.#joining -= 1;
    this.#drainWhenIdle();
  }

  leave(reader: DocumentReader): void {
    this.#readers.delete(reader);
    this.awareness.leave(reader);
    this.#drainWhenIdle();
  }

  /** Guards a write and brings it to disk. `done` when it is there, or when it says nothing new. */
  write(reader: DocumentReader, write: Write, patient: boolean): WriteOutcome | Promise<WriteOutcome> {
    if (!reader.mayWrite) return this.#readOnlyWrite(write);
    if (this.#damaged) return damaged();
    if (this.#liveDocument().settled && bringsNothing(this.#liveDocument().doc, write.decoded)) return 'done';
    const live = this.#liveDocument();
    const clocks = clocksAfter(write.decoded, live.committed);
    if (clocks === null) {
      return patient || !live.settled
        ? 'waiting'
        : new Rejection('pending', 'the update builds on what is not there');
    }
    const rejection =
      applyGuarded(live.doc, this.kind, write.update, write.decoded, this.limits) ?? this.#checkSize(write);
    if (rejection !== null) {
      live.rebuild();
      return rejection;
    }
    return this.#append(reader, write, live, { update: write.update, clocks });
  }

  /** Updates that the server wrote, as the store committed them. */
  committed(update: CommittedUpdate): void {
    if (this.#log === null) {
      this.#early.push(update);
      return;
    }
    if (update.seq <= this.#log.headSeq) return;
    this.#record(update.seq, update.update);
    this.#live?.applyCommitted(update.update);
  }

  /** One frame of all that this turn committed, encoded once for all readers; acknowledgements come after it. */
  flush(): void {
    const updates = this.#outgoing;
    this.#outgoing = [];
    for (const update of mergeInGroups(updates)) {
      const frame = encodeUpdate(update);
      for (const reader of this.#readers) reader.follow(frame, this.#outgoingFrom);
    }
    for (const reader of this.#due) reader.sendAcknowledgement();
    this.#due.clear();
  }

  /** The reader has an acknowledgement to send when this turn is over. */
  acknowledgementDue(reader: DocumentReader): void {
    this.#due.add(reader);
    this.host.turn.touchDocument(this);
  }

  firstOpenFrames(): readonly Uint8Array[] {
    const log = this.log;
    if (log.wantsFolding && (this.#live === null || this.#live.settled)) {
      log.fold(Y.encodeStateAsUpdate(this.#liveDocument().doc));
    }
    return log.firstOpenFrames();
  }

  /** What a client lacks, delivered when all of it is on disk. False for a state vector that does not decode. */
  difference(stateVector: Uint8Array, deliver: (update: Uint8Array) => void): boolean {
    try {
      Y.decodeStateVector(stateVector);
    } catch {
      return false;
    }
    this.#liveDocument().answer((doc) => Y.encodeStateAsUpdate(doc, stateVector), deliver);
    return true;
  }

  /**
   * Whether a copy of a document that the server writes holds what the server never wrote: it is of before a restore,
   * and merging it would show both histories at once (SYN-29).
   */
  isForeign(stateVector: Uint8Array): boolean {
    if (rulesOf(this.kind).writer !== 'server') return false;
    try {
      const { store } = this.#liveDocument().doc;
      const claims = Y.decodeStateVector(stateVector);
      return [...claims].some(([client, clock]) => clock > Y.getState(store, client));
    } catch {
      return false;
    }
  }

  stateVector(deliver: (vector: Uint8Array) => void): void {
    this.#liveDocument().answer((doc) => Y.encodeStateVector(doc), deliver);
  }

  /** Keeps refused bytes. On documents that the server alone writes there is nothing of a person's to keep. */
  keepRejected(person: PersonId, update: Uint8Array, code: string): void {
    if (rulesOf(this.kind).writer === 'server') return;
    this.host.port.keepRejected(this.name, person, update, code).catch((cause: unknown) => {
      this.host.report({ type: 'append-failed', name: this.name, cause });
    });
  }

  /** What a reader says that may not write: a step 2 without news is normal, anything else is a write (SYN-17). */
  #readOnlyWrite({ decoded }: Write): WriteOutcome {
    const says = decoded.structs.length > 0 || decoded.ds.clients.size > 0;
    // Who was told a difference made the live document exist; who was not has nothing to say.
    if (!says || (this.#live !== null && bringsNothing(this.#live.doc, decoded))) return 'done';
    return this.#damaged ? damaged() : readOnly(this.kind);
  }

  /** Lets go at once, when nobody reads and nothing is being written. */
  unload(): void {
    this.#cancelUnload?.();
    this.#vanish();
  }

  async #load(): Promise<boolean> {
    try {
      const loaded = await this.host.port.load(this.name);
      if (loaded === null) {
        this.#vanish();
        return false;
      }
      this.#loadedDocument = loaded;
      this.#damaged = loaded.damaged;
      this.#log = new CommittedLog(loaded);
      this.#estimatedBytes = this.#log.bytes;
      this.#state = 'ready';
      const early = this.#early;
      this.#early = [];
      for (const update of early) this.committed(update);
      return true;
    } catch (cause) {
      this.host.report({ type: 'load-failed', name: this.name, cause });
      this.#vanish();
      throw cause;
    }
  }

  async #append(
    reader: DocumentReader,
    write: Write,
    live: LiveDocument,
    inFlight: InFlight,
  ): Promise<WriteOutcome> {
    const { person, id: session } = reader.session;
    const clientIds = writersOf(write.decoded, live.committed);
    live.begin(inFlight);
    this.#appending += 1;
    let outcome: AppendOutcome | null = null;
    try {
      failpoint('sync.append.before');
      const answer = this.host.port.append({
        name: this.name,
        person,
        session,
        clientIds,
        ...(write.first && { recovering: true }),
        update: write.update,
      });
      failpoint('sync.append.after');
      outcome = await answer;
    } catch (cause) {
      this.host.report({ type: 'append-failed', name: this.name, cause });
    }
    this.#appending -= 1;
    if (outcome?.ok === true) {
      this.#record(outcome.seq, write.update);
      live.commit(inFlight);
    } else {
      live.rebuild(inFlight);
    }
    this.#advanceWaiting(reader);
    this.#drainWhenIdle();
    this.host.appended();
    if (outcome === null) return new Rejection('not-stored', 'the server cannot write now');
    if (outcome.ok) return 'done';
    this.#damaged ||= outcome.code === 'damaged';
    return new Rejection(outcome.code, REFUSED[outcome.code], outcome.code !== 'no-such-document');
  }

  #record(seq: number, update: Uint8Array): void {
    failpoint('sync.broadcast.before');
    if (this.#outgoing.length === 0) this.#outgoingFrom = this.log.end;
    this.log.push(seq, update);
    this.#outgoing.push(update);
    this.host.turn.touchDocument(this);
  }

  #liveDocument(): LiveDocument {
    this.#live ??= new LiveDocument(this.kind, this.log);
    return this.#live;
  }

  /** Sizes are added up, and measured only when the sum says that it may be too much. */
  #checkSize({ update }: Write): Rejection | null {
    const { documentBytes } = this.limits;
    this.#estimatedBytes += update.length;
    if (this.#estimatedBytes <= documentBytes) return null;
    this.#estimatedBytes = Y.encodeStateAsUpdate(this.#liveDocument().doc).length;
    return this.#estimatedBytes <= documentBytes
      ? null
      : new Rejection('document-full', `the document would pass ${documentBytes} bytes`);
  }

  #advanceWaiting(except: DocumentReader): void {
    for (const reader of [...this.#readers])
      if (reader !== except && reader.writes.waiting) reader.writes.advance();
  }

  #drainWhenIdle(): void {
    if (this.#state !== 'ready' || this.#readers.size > 0 || this.#joining > 0 || this.#appending > 0) return;
    this.#state = 'draining';
    this.#cancelUnload = this.clock.after(this.limits.unloadMs, () => {
      if (this.#state === 'draining') this.#vanish();
    });
  }

  #vanish(): void {
    this.#state = 'gone';
    this.awareness.destroy();
    this.#live?.destroy();
    this.host.gone(this);
  }
}

const REFUSED = {
  'client-id-bound': 'this copy of the document belongs to somebody else',
  'no-such-document': 'the document is gone',
  damaged: 'the document is damaged and can only be read',
} as const;

function readOnly(kind: string): Rejection {
  return new Rejection('read-only', `this ${kind} cannot be written by you`);
}

function damaged(): Rejection {
  return new Rejection('damaged', REFUSED.damaged);
}
