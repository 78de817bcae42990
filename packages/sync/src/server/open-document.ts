/**
 * One document that somebody reads: loading → ready → draining → gone. Made once, loaded once; whoever joins while it
 * drains keeps it. What people write goes its way in `document-writes.ts`; what is on disk goes out to readers from here.
 */
import { rulesOf } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import type { PersonId, RecordId } from '@muster/domain/shared';
import * as Y from 'yjs';
import type { Clock } from '../clock.ts';
import { CLOSE } from '../close-codes.ts';
import { failpoint } from '../failpoint/index.ts';
import { encodeUpdate } from '../frames/sync.ts';
import type { Limits } from '../limits.ts';
import { AwarenessRoom } from './awareness-room.ts';
import { CommittedLog, mergeInGroups } from './committed-log.ts';
import type { DocumentReader } from './document-reader.ts';
import { DocumentWrites } from './document-writes.ts';
import type { WrittenDocument } from './document-writes.ts';
import { LiveDocument } from './live-document.ts';
import type { CommittedUpdate, DocumentPort, EpochChange, HostEvent, LoadedDocument } from './ports.ts';
import { PackedOpening } from './packed-opening.ts';
import type { PackedSurroundings } from './packed-opening.ts';
import type { Flushable, Turn } from './turn.ts';

/** Making a Y.Doc again of so many bytes takes a few ms; a larger one stays. */
const MADE_AGAIN_BELOW = 256 * 1024;

/** What an open document needs of the host. */
export interface DocumentSurroundings extends PackedSurroundings {
  readonly port: DocumentPort;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly turn: Turn;
  report(event: HostEvent): void;
  watchSlow(reader: DocumentReader): void;
  epochChangeOf(name: string): EpochChange | null;
  /** The store has answered an append. */
  appended(): void;
  /** The document has a Y.Doc now; the host asks it to `rest` from time to time. */
  madeLive(document: OpenDocument): void;
  /** The document has unloaded, or never loaded. */
  gone(document: OpenDocument): void;
}

export class OpenDocument implements Flushable, WrittenDocument {
  readonly name: string;
  readonly kind: DocumentName['kind'];
  readonly host: DocumentSurroundings;
  readonly writes: DocumentWrites;
  /** Resolves true when loaded, false when there is no such document; rejects when it cannot be read. */
  readonly loaded: Promise<boolean>;
  readonly #readers = new Set<DocumentReader>();
  #state: 'loading' | 'ready' | 'draining' | 'gone' = 'loading';
  #joining = 0;
  #early: CommittedUpdate[] = [];
  #identity: Pick<LoadedDocument, 'epoch' | 'layout'> | null = null;
  #log: CommittedLog | null = null;
  /** Of documents that the server alone writes: what people write together does not pack. */
  #packed: PackedOpening | null = null;
  #live: LiveDocument | null = null;
  /** Somebody needed a Y.Doc once, and again since the last look. */
  #wasLive = false;
  #used = false;
  #awareness: AwarenessRoom | null = null;
  #outgoing: Uint8Array[] = [];
  #outgoingFrom = 0;
  readonly #due = new Set<DocumentReader>();
  #cancelUnload: (() => void) | null = null;
  /** Something was taken out of it while it was being read from the store. */
  #foldsOnLoad = false;
  #asking: Promise<void> | null = null;

  constructor(name: DocumentName, host: DocumentSurroundings) {
    this.name = name.raw;
    this.kind = name.kind;
    this.host = host;
    this.writes = new DocumentWrites(this);
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
    return this.#identity?.epoch ?? 0;
  }

  get layout(): number {
    return this.#identity?.layout ?? rulesOf(this.kind).layout;
  }

  get live(): LiveDocument {
    this.#used = true;
    if (this.#live === null) {
      this.#live = new LiveDocument(this.kind, this.log);
      this.#wasLive = true;
      this.host.madeLive(this);
    }
    return this.#live;
  }

  get liveIfMade(): LiveDocument | null {
    return this.#wasLive ? this.live : null;
  }

  /**
   * Lets go of a Y.Doc that nobody used since it was asked last: what it holds is kept as bytes, and it is made again
   * when somebody needs it. True when there is none now.
   */
  rest(): boolean {
    const live = this.#live;
    if (live === null) return true;
    const idle = !this.#used && live.settled && this.writes.underWay === 0;
    this.#used = false;
    if (!idle || this.log.bytes > MADE_AGAIN_BELOW) return false;
    this.log.fold(Y.encodeStateAsUpdate(live.doc));
    live.destroy();
    this.#live = null;
    return true;
  }

  /** Made when somebody first says that they are here. */
  get awareness(): AwarenessRoom {
    this.#awareness ??= new AwarenessRoom(this.host.limits, this.host.clock, (frame) => {
      for (const reader of this.#readers) reader.show(frame);
    });
    return this.#awareness;
  }

  /** All who are here, as one frame; null when nobody is. */
  present(): Uint8Array | null {
    return this.#awareness?.frame() ?? null;
  }

  get headSeq(): number {
    return this.log.headSeq;
  }

  get appending(): number {
    return this.writes.underWay;
  }

  get readers(): ReadonlySet<DocumentReader> {
    return this.#readers;
  }

  get writable(): boolean {
    return !this.writes.damaged && rulesOf(this.kind).writer !== 'server';
  }

  get log(): CommittedLog {
    if (this.#log === null) throw new Error(`${this.name} is not loaded`);
    return this.#log;
  }

  isClaimedFrom(person: PersonId, client: number): boolean {
    return this.#awareness?.isClaimedFrom(person, client) ?? false;
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
    reader.writes.close();
    this.writes.left(reader.writes);
    this.#awareness?.leave(reader);
    this.#drainWhenIdle();
  }

  /** Updates that the server wrote, as the store committed them. */
  committed(update: CommittedUpdate): void {
    if (this.#log === null) {
      this.#early.push(update);
      return;
    }
    if (update.seq <= this.#log.headSeq) return;
    this.record(update.seq, [update.update]);
    this.#live?.applyCommitted(update.update);
  }

  /** One frame of all that this turn committed, encoded once for all readers; acknowledgements come after it. */
  flush(): void {
    if (this.#asking !== null) return;
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

  /** Goes on from what it holds now: what was taken out of it is in no byte that anybody gets from here on. */
  leaveNoTrace(record: RecordId): void {
    this.awareness.forget(record);
    if (this.#log === null) this.#foldsOnLoad = true;
    else this.#log.fold(Y.encodeStateAsUpdate(this.live.doc));
  }

  /** Set while it is asked who may still read it: until then nobody gets what was committed with the change. */
  get asking(): Promise<void> | null {
    return this.#asking;
  }

  /** Closes it for those who may not read it any more; the others get what waited for that. Never rejects. */
  askAgain(name: DocumentName): void {
    const asked = this.#closeForStrangers(name)
      .catch((cause: unknown) => {
        // who cannot be asked about is let go, and asks anew
        this.host.report({ type: 'fault', name: this.name, cause });
        for (const reader of [...this.#readers])
          reader.outlet.close(CLOSE.overloaded, 'the document cannot be read now');
      })
      .then(() => {
        if (this.#asking !== asked) return;
        this.#asking = null;
        this.host.turn.touchDocument(this);
      });
    this.#asking = asked;
  }

  async #closeForStrangers(name: DocumentName): Promise<void> {
    await Promise.all(
      [...this.#readers].map(async (reader) => {
        const right = await reader.session.access.rightTo(name);
        if (!this.#readers.has(reader)) return;
        if (right === 'none') reader.outlet.close(CLOSE.forbidden, 'you may not read this any more');
        else if (right === 'read' && reader.mayWrite)
          // it comes back as one that reads
          reader.outlet.close(CLOSE.permissionsChanged, 'you may not write here any more');
      }),
    );
  }

  /** Packs its state ahead of the first client that wants it. */
  async prepare(): Promise<void> {
    await this.#packed?.prepare();
  }

  /** Gives what a client gets that has nothing; soon, when it `unpacks` states and this one is being packed. */
  firstOpen(unpacks: boolean, deliver: (frames: readonly Uint8Array[]) => void): void {
    const plain = (): readonly Uint8Array[] => this.#plainOpening();
    if (unpacks && this.#packed !== null) this.#packed.open(plain, deliver);
    else deliver(plain());
  }

  #plainOpening(): readonly Uint8Array[] {
    const log = this.log;
    if (log.wantsFolding && (this.#live === null || this.#live.settled)) {
      log.fold(Y.encodeStateAsUpdate(this.live.doc));
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
    this.live.answer((doc) => Y.encodeStateAsUpdate(doc, stateVector), deliver);
    return true;
  }

  /**
   * Whether a copy of a document that the server writes holds what the server never wrote: it is of before a restore,
   * and merging it would show both histories at once (SYN-29).
   */
  isForeign(stateVector: Uint8Array): boolean {
    if (rulesOf(this.kind).writer !== 'server') return false;
    try {
      const { store } = this.live.doc;
      const claims = Y.decodeStateVector(stateVector);
      return [...claims].some(([client, clock]) => clock > Y.getState(store, client));
    } catch {
      return false;
    }
  }

  stateVector(deliver: (vector: Uint8Array) => void): void {
    if (this.#live === null) deliver(this.log.stateVector());
    else this.#live.answer((doc) => Y.encodeStateVector(doc), deliver);
  }

  /** Keeps refused bytes. On documents that the server alone writes there is nothing of a person's to keep. */
  keepRejected(person: PersonId, update: Uint8Array, code: string): void {
    if (rulesOf(this.kind).writer === 'server') return;
    this.host.port.keepRejected(this.name, person, update, code).catch((cause: unknown) => {
      this.host.report({ type: 'append-failed', name: this.name, cause });
    });
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
      this.#identity = { epoch: loaded.epoch, layout: loaded.layout };
      this.#log = new CommittedLog(loaded);
      if (rulesOf(this.kind).writer === 'server') {
        this.#packed = new PackedOpening(this.name, loaded.epoch, this.#log, this.host);
      }
      this.writes.begin(this.#log.bytes, loaded.damaged);
      this.#state = 'ready';
      const early = this.#early;
      this.#early = [];
      for (const update of early) this.committed(update);
      if (this.#foldsOnLoad) this.#log.fold(Y.encodeStateAsUpdate(this.live.doc));
      return true;
    } catch (cause) {
      this.host.report({ type: 'load-failed', name: this.name, cause });
      this.#vanish();
      throw cause;
    }
  }

  record(seq: number, updates: readonly Uint8Array[]): void {
    failpoint('sync.broadcast.before');
    if (this.#outgoing.length === 0) this.#outgoingFrom = this.log.end;
    for (const update of updates) {
      this.log.push(seq, update);
      this.#outgoing.push(update);
    }
    this.host.turn.touchDocument(this);
  }

  settled(): void {
    this.#drainWhenIdle();
    this.host.appended();
  }

  #drainWhenIdle(): void {
    if (this.#state !== 'ready' || this.#readers.size > 0 || this.#joining > 0 || this.writes.underWay > 0)
      return;
    this.#state = 'draining';
    this.#cancelUnload = this.clock.after(this.limits.unloadMs, () => {
      if (this.#state === 'draining') this.#vanish();
    });
  }

  #vanish(): void {
    this.#state = 'gone';
    this.#awareness?.destroy();
    this.#live?.destroy();
    this.host.gone(this);
  }
}
