import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { BoundaryError } from './boundary-error.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { openLocalDatabase } from './database.ts';
import type { LocalDatabase } from './database.ts';
import { openDocumentStore } from './document-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { HeldDocument } from './held-document.ts';
import { Eras } from './eras.ts';
import { openEraStore } from './era-store.ts';
import { HeldDocuments } from './held-documents.ts';
import type { LinkClosed } from './link.ts';
import { Listeners } from './listeners.ts';
import type { StoredRestoration } from './local-schema.ts';
import { openNotes } from './notes.ts';
import type { Notes } from './notes.ts';
import { Outbox } from './outbox.ts';
import { openOutboxStore } from './outbox-store.ts';
import { SetAside } from './set-aside.ts';
import { Shelf } from './shelf.ts';
import { exclusiveOverTabs, openTabChannel } from './tabs.ts';
import type { Exclusive, TabChannel } from './tabs.ts';
import type { Transport } from './transport.ts';
import { recordOf, wordsOf } from './unsent-work.ts';
import type { UnsentWork } from './unsent-work.ts';

/**
 * Everything of one person between this tab, this device and the server, wired together:
 * the local copy, the documents held, the outbox and the one socket.
 */
export class Connection {
  readonly documents: DocumentStore;
  readonly notes: Notes;
  readonly setAside: SetAside;
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  readonly held: HeldDocuments;
  readonly transport: Transport;
  readonly now: () => number;
  readonly #database: LocalDatabase;
  readonly #tabs: TabChannel;
  readonly #eras: Eras;
  readonly #bringing: Exclusive;
  readonly #changed = new Listeners();
  readonly #off: (() => void)[] = [];
  readonly #justMade = new Set<RecordId>();
  #refused: 'session-ended' | 'client-too-old' | null = null;
  #listProblem: BoundaryError | null = null;
  #wasOpen = false;
  #hasReadLeftovers = false;
  #isBringing = false;
  #leftToBring = 0;

  constructor(options: ConnectionOptions) {
    this.now = options.now ?? Date.now;
    this.transport = options.transport;
    this.#database = openLocalDatabase(options.person);
    this.#tabs = (options.openTabs ?? openTabChannel)(`muster:${options.person}`);
    this.documents = openDocumentStore(this.#database);
    this.notes = openNotes(this.#database);
    const store = openOutboxStore(this.#database);
    this.setAside = new SetAside(store);
    const exclusive = options.exclusive ?? exclusiveOverTabs;
    this.#bringing = exclusive(`muster:restore:${options.person}`);
    const eraStore = openEraStore(this.#database);
    this.#eras = new Eras({
      api: options.api,
      store: eraStore,
      now: this.now,
      restored: () => this.#onRestored(),
    });
    this.outbox = new Outbox({
      store,
      api: options.api,
      tabs: this.#tabs,
      exclusive: exclusive(`muster:outbox:${options.person}`),
      now: this.now,
      onSignedOut: () => this.#refuse('session-ended'),
      onTooOld: () => this.#refuse('client-too-old'),
      setAside: (act) => void this.setAside.keepAct(act),
      era: () => eraStore.current(),
      onRestored: () => this.#confirmAnew(),
      clockOffsetMs: () => this.transport.clockOffsetMs,
    });
    this.shelf = new Shelf({
      store: this.documents,
      openLink: options.transport.openLink,
      isUnmade: (record) => this.#isUnmade(record),
      isJustMade: (record) => this.#justMade.has(record),
      isLost: (document) => this.#isLost(document),
      rescue: (document, reason) => this.#rescue(document, reason),
      onClosed: (_document, reason) => this.#onClosed(reason),
      onTaken: (document, words) => void this.#setAside(document, 'removed', words),
    });
    this.held = new HeldDocuments({
      api: options.api,
      shelf: this.shelf,
      notes: this.notes,
      ...(options.beforeBoards && { beforeBoards: options.beforeBoards }),
    });
    this.#listen();
  }

  /** Shows the local copy; resolves when its documents are being read. The network follows by itself. */
  async start(): Promise<void> {
    void this.#eras.start();
    void this.outbox.start();
    const leftovers = this.#sendLeftovers();
    await this.held.start();
    void this.#refreshHeld();
    await leftovers;
    await this.#eras.start();
    void this.#bring();
  }

  /** The restore of the store that this device went through last; null when there was none. */
  get restoration(): StoredRestoration | null {
    return this.#eras.restoration;
  }

  /** Acts and documents of before the restore that are still to be brought again. */
  get leftToBring(): { readonly acts: number; readonly documents: number } {
    return { acts: this.outbox.again, documents: this.#leftToBring };
  }

  /** The person has read what there was to tell of the restore. */
  putRestorationAway(): void {
    void this.#eras.putAway();
  }

  /** Records have come: what a restore took and somebody made again is asked for. */
  retryLost(isThere: (record: RecordId) => boolean): void {
    this.shelf.retryLost(isThere);
  }

  /** Why the server speaks no more with this page; null while it does. */
  get refused(): 'session-ended' | 'client-too-old' | null {
    return this.#refused;
  }

  get listProblem(): BoundaryError | null {
    return this.#listProblem;
  }

  /** Told when the socket, the session or any document or command changes its state. */
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Why this device keeps nothing now; null while it does. */
  get deviceProblem(): BoundaryError | null {
    return this.#database.problem;
  }

  /** True once it is known what earlier visits left unsent on this device. */
  get hasRead(): boolean {
    return this.outbox.hasRead && this.#hasReadLeftovers;
  }

  /** What only this device holds: acts without an answer and documents with unsent words. */
  get unsent(): number {
    return this.outbox.waiting + this.shelf.documents.filter((document) => document.unsent).length;
  }

  /** True while this device may no longer have what it kept: it cannot be asked. A full one keeps what it has. */
  get doubtsKept(): boolean {
    const { problem } = this.#database;
    return problem !== null && problem.code !== 'storage-full' && this.unsent > 0;
  }

  /** True while closing the tab would lose something, or might. */
  get wouldLose(): boolean {
    return (
      this.doubtsKept ||
      this.outbox.hasUnkept ||
      this.setAside.hasUnkept ||
      this.shelf.documents.some((document) => document.hasUnkept)
    );
  }

  /** All that the server has not acknowledged, for a person to take along. */
  get unsentWork(): UnsentWork {
    const acts = this.outbox.commands.filter(({ applied }) => applied === null);
    const { acts: refused, texts } = this.setAside.unkept;
    const documents = this.shelf.documents.filter((document) => document.unsent);
    return {
      acts: [...acts, ...refused].map(({ envelope }) => envelope),
      words: [
        ...documents.map((document) => ({ record: recordOf(document), text: wordsOf(document) })),
        ...texts,
      ].filter(({ text }) => text !== ''),
    };
  }

  /** Tries everything again now. */
  retry(): void {
    this.#refused = null;
    this.#database.retry();
    void this.shelf.diskBack();
    void this.setAside.retry();
    this.transport.resume();
    this.outbox.wake();
    void this.#sendLeftovers();
    // refused words are being set aside, and what they stood in is read anew
    for (const document of this.shelf.documents)
      if (document.closed && document.closed !== 'update-rejected') document.reconnect();
    void this.#refreshHeld();
    this.#changed.tell();
  }

  async close(): Promise<void> {
    for (const off of this.#off) off();
    this.outbox.close();
    this.held.close();
    await this.shelf.close();
    this.transport.close();
    this.#tabs.close();
    this.#database.close();
  }

  /** Closes, here and in the other tabs, and takes everything of this person off this device. */
  async forget(): Promise<void> {
    this.#tabs.post(FORGOTTEN);
    await this.close();
    await this.#database.destroy();
  }

  #listen(): void {
    const tell = () => this.#changed.tell();
    this.#off.push(
      this.outbox.onChange(tell),
      this.shelf.onChange(tell),
      this.held.onChange(tell),
      this.setAside.onChange(tell),
      this.#database.onProblem(() => this.#onDisk()),
      this.#database.onReplaced(() => this.#onDiskReplaced()),
      this.#tabs.onMessage((message) => {
        if (isForgotten(message)) void this.#forgottenElsewhere();
      }),
      this.#eras.onChange(tell),
      this.outbox.onRefused(({ type, target }) => {
        if (type.endsWith('.create')) void this.shelf.giveUp(target).catch(() => undefined);
      }),
      this.transport.onChange(() => this.#onTransport()),
      this.transport.onRefused((reason) => this.#refuse(reason)),
      this.outbox.onAnswered((outcomes) => {
        const answered = this.outbox.commands.filter((command) =>
          outcomes.some((outcome) => outcome.id === command.id),
        );
        for (const { envelope, applied } of answered)
          if (applied && envelope.type.endsWith('.create')) this.#justMade.add(envelope.target);
        const targets = new Set(answered.map(({ envelope }) => envelope.target));
        for (const target of targets) this.shelf.retryGone(target);
        if (this.restoration === null) return;
        void this.#eras.refresh().catch(() => undefined);
        void this.#bring();
      }),
    );
  }

  async #sendLeftovers(): Promise<void> {
    try {
      await this.shelf.sendLeftovers();
      this.#hasReadLeftovers = true;
    } catch {
      // the disk does not tell, which is said; it is asked again when it is back
    }
    this.#changed.tell();
  }

  #onDisk(): void {
    this.#changed.tell();
    if (this.#database.problem !== null) return;
    void this.outbox.recheck();
    void this.shelf.diskBack();
    void this.setAside.retry();
    if (!this.#hasReadLeftovers) void this.#sendLeftovers();
  }

  /** Whoever took the copy away: what this tab still holds is put back, and not called kept until it is. */
  #onDiskReplaced(): void {
    void this.outbox.diskReplaced();
    void this.shelf.diskReplaced();
    void this.setAside.diskReplaced();
    this.#eras.diskReplaced();
    void this.#refreshHeld();
  }

  /** This person signed out in another tab and left nothing here: so does this one. */
  async #forgottenElsewhere(): Promise<void> {
    this.#refuse('session-ended');
    await this.close();
    await this.#database.destroy();
  }

  #onTransport(): void {
    const open = this.transport.state === 'open';
    if (open && !this.#wasOpen) {
      this.#eras.doubt();
      void this.#eras.confirm();
      this.outbox.wake();
      void this.#refreshHeld();
      // a tab that was killed meanwhile has left its words to the others
      void this.#sendLeftovers();
      // a no that came before the era was known may have been none
      this.shelf.retryClosed();
    }
    this.#wasOpen = open;
    this.#changed.tell();
  }

  #confirmAnew(): Promise<boolean> {
    this.#eras.doubt();
    return this.#eras.confirm();
  }

  /** All that this device holds is looked at again over a fresh connection, acts first. */
  async #onRestored(): Promise<void> {
    this.transport.suspend();
    this.shelf.awaitAll();
    await this.outbox.resume();
    this.transport.resume();
    void this.#bring();
  }

  /** Brings documents when no act is left to bring: the record that a room belongs to may have to be made again. */
  async #bring(): Promise<void> {
    if (this.#isBringing || this.restoration === null || this.outbox.again > 0) return;
    this.#isBringing = true;
    const progress = (left: number): void => {
      this.#leftToBring = left;
      this.#changed.tell();
    };
    try {
      await this.#bringing(() => this.shelf.bringAwaited(progress));
    } catch {
      // the disk does not answer, which saving tells; the next visit brings them
    } finally {
      this.#isBringing = false;
    }
  }

  /** Until the era is known a no may mean anything; after it, that a restore took what nobody has made again yet. */
  async #isLost(document: HeldDocument): Promise<boolean> {
    if (!(await this.#eras.confirm())) return true;
    const heardAt = this.restoration?.heardAt ?? 0;
    return document.awaited && this.now() - heardAt < AWAITED_FOR_MS;
  }

  #onClosed(reason: LinkClosed): void {
    if (reason === 'session-ended') this.#refuse('session-ended');
    else if (reason === 'client-too-old') this.#refuse('client-too-old');
    else void this.#refreshHeld();
  }

  #refuse(reason: 'session-ended' | 'client-too-old'): void {
    this.#refused = reason;
    this.#changed.tell();
  }

  async #refreshHeld(): Promise<void> {
    try {
      await this.held.refresh();
      this.#listProblem = null;
    } catch (error) {
      this.#listProblem = error as BoundaryError;
      if (this.#listProblem.code === 'signed-out') this.#refuse('session-ended');
    }
    this.#changed.tell();
  }

  #isUnmade(record: RecordId): boolean {
    return this.outbox.commands.some(
      ({ envelope, applied }) =>
        envelope.target === record && envelope.type.endsWith('.create') && applied === null,
    );
  }

  async #rescue(document: HeldDocument, reason: LinkClosed): Promise<void> {
    const text = wordsOf(document);
    if (text !== '') await this.#setAside(document, reason, text);
  }

  async #setAside(document: HeldDocument, reason: string, text: string): Promise<void> {
    const at = this.now();
    const record = recordOf(document);
    await this.setAside.keepText({ id: ulid(at), at, document: document.name.raw, record, reason, text });
  }
}

/** Whose record nobody has made again in this time after a restore, their words are set aside. */
const AWAITED_FOR_MS = 14 * 24 * 60 * 60 * 1000;

const FORGOTTEN = { type: 'forgotten' };

function isForgotten(message: unknown): boolean {
  return (message as { readonly type?: unknown } | null)?.type === FORGOTTEN.type;
}
