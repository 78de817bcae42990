import { listDrafts, readRoomText } from '@muster/documents';
import type { CommandEnvelope, PersonId, RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { Api } from './api.ts';
import type { BoundaryError } from './boundary-error.ts';
import { openLocalDatabase } from './database.ts';
import type { LocalDatabase } from './database.ts';
import { openDocumentStore } from './document-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { HeldDocument } from './held-document.ts';
import { HeldDocuments } from './held-documents.ts';
import type { LinkClosed } from './link.ts';
import { Listeners } from './listeners.ts';
import { openNotes } from './notes.ts';
import type { Notes } from './notes.ts';
import { Outbox } from './outbox.ts';
import { openOutboxStore } from './outbox-store.ts';
import { SetAside } from './set-aside.ts';
import { Shelf } from './shelf.ts';
import { exclusiveOverTabs, openTabChannel } from './tabs.ts';
import type { Exclusive, TabChannel } from './tabs.ts';
import type { Transport } from './transport.ts';

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
  readonly #changed = new Listeners();
  readonly #off: (() => void)[] = [];
  readonly #justMade = new Set<RecordId>();
  #refused: 'session-ended' | 'client-too-old' | null = null;
  #listProblem: BoundaryError | null = null;
  #wasOpen = false;
  #hasReadLeftovers = false;

  constructor(options: ConnectionOptions) {
    this.now = options.now ?? Date.now;
    this.transport = options.transport;
    this.#database = openLocalDatabase(options.person);
    this.#tabs = (options.openTabs ?? openTabChannel)(`muster:${options.person}`);
    this.documents = openDocumentStore(this.#database);
    this.notes = openNotes(this.#database);
    const store = openOutboxStore(this.#database);
    this.setAside = new SetAside(store);
    this.outbox = new Outbox({
      store,
      api: options.api,
      tabs: this.#tabs,
      exclusive: (options.exclusive ?? exclusiveOverTabs)(`muster:outbox:${options.person}`),
      now: this.now,
      onSignedOut: () => this.#refuse('session-ended'),
      setAside: (act) => void this.setAside.keepAct(act),
    });
    this.shelf = new Shelf({
      store: this.documents,
      openLink: options.transport.openLink,
      isUnmade: (record) => this.#isUnmade(record),
      isJustMade: (record) => this.#justMade.has(record),
      rescue: (document, reason) => this.#rescue(document, reason),
      onClosed: (_document, reason) => this.#onClosed(reason),
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
    void this.outbox.start();
    const leftovers = this.#sendLeftovers();
    await this.held.start();
    void this.#refreshHeld();
    await leftovers;
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

  /** True while closing the tab would lose something. */
  get wouldLose(): boolean {
    return (
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
    for (const document of this.shelf.documents) if (document.closed) document.reconnect();
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
    void this.outbox.recheck();
    void this.shelf.diskReplaced();
    void this.setAside.diskReplaced();
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
      this.outbox.wake();
      void this.#refreshHeld();
    }
    this.#wasOpen = open;
    this.#changed.tell();
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
    if (text === '') return;
    const at = this.now();
    const record = recordOf(document);
    await this.setAside.keepText({ id: ulid(at), at, document: document.name.raw, record, reason, text });
  }
}

/** What the server has not acknowledged. */
export interface UnsentWork {
  readonly acts: readonly CommandEnvelope[];
  readonly words: readonly { readonly record: RecordId | null; readonly text: string }[];
}

export interface ConnectionOptions {
  readonly person: PersonId;
  readonly api: Pick<Api, 'commands' | 'documents'>;
  readonly transport: Transport;
  readonly now?: () => number;
  /** What to show from the local copy before its boards are read. */
  readonly beforeBoards?: () => Promise<void>;
  readonly openTabs?: (name: string) => TabChannel;
  readonly exclusive?: (name: string) => Exclusive;
}

const FORGOTTEN = { type: 'forgotten' };

function isForgotten(message: unknown): boolean {
  return (message as { readonly type?: unknown } | null)?.type === FORGOTTEN.type;
}

function recordOf({ name }: HeldDocument): RecordId | null {
  return name.kind === 'room' ? name.id : null;
}

function wordsOf({ name, doc }: HeldDocument): string {
  if (name.kind === 'room') return readRoomText(doc);
  if (name.kind === 'draft') {
    return listDrafts(doc)
      .map((draft) => draft.text)
      .join('\n\n');
  }
  return '';
}
