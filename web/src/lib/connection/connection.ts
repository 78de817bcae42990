import { listDrafts, readRoomText } from '@muster/documents';
import type { PersonId, RecordId } from '@muster/domain/shared';
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
import type { OutboxStore } from './outbox-store.ts';
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
  readonly outboxStore: OutboxStore;
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  readonly held: HeldDocuments;
  readonly transport: Transport;
  readonly now: () => number;
  readonly #database: LocalDatabase;
  readonly #tabs: TabChannel;
  readonly #changed = new Listeners();
  readonly #rescued = new Listeners();
  readonly #off: (() => void)[] = [];
  readonly #justMade = new Set<RecordId>();
  #refused: 'session-ended' | 'client-too-old' | null = null;
  #listProblem: BoundaryError | null = null;
  #wasOpen = false;

  constructor(options: ConnectionOptions) {
    this.now = options.now ?? Date.now;
    this.transport = options.transport;
    this.#database = openLocalDatabase(options.person);
    this.#tabs = (options.openTabs ?? openTabChannel)(`muster:${options.person}`);
    this.documents = openDocumentStore(this.#database);
    this.notes = openNotes(this.#database);
    this.outboxStore = openOutboxStore(this.#database);
    this.outbox = new Outbox({
      store: this.outboxStore,
      api: options.api,
      tabs: this.#tabs,
      exclusive: (options.exclusive ?? exclusiveOverTabs)(`muster:outbox:${options.person}`),
      now: this.now,
      onSignedOut: () => this.#refuse('session-ended'),
    });
    this.shelf = new Shelf({
      store: this.documents,
      openLink: options.transport.openLink,
      now: this.now,
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
    await this.held.start();
    void this.#refreshHeld();
    await this.shelf.sendLeftovers().catch(() => undefined);
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

  /** Told when words were set aside because the server would not take them. */
  onRescued(listener: () => void): () => void {
    return this.#rescued.add(listener);
  }

  /** What only this device holds: acts without an answer and documents with unsent words. */
  get unsent(): number {
    return this.outbox.waiting + this.shelf.documents.filter((document) => document.unsent).length;
  }

  /** True while closing the tab would lose something. */
  get wouldLose(): boolean {
    return this.outbox.hasUnkept || this.shelf.documents.some((document) => document.hasUnkept);
  }

  /** Tries everything again now. */
  retry(): void {
    this.#refused = null;
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

  /** Closes, and takes everything of this person off this device. */
  async forget(): Promise<void> {
    await this.close();
    await this.#database.destroy();
  }

  #listen(): void {
    const tell = () => this.#changed.tell();
    this.#off.push(
      this.outbox.onChange(tell),
      this.shelf.onChange(tell),
      this.held.onChange(tell),
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
    const record = document.name.kind === 'room' ? document.name.id : null;
    const at = this.now();
    await this.outboxStore.rescue({ id: ulid(at), at, document: document.name.raw, record, reason, text });
    this.#rescued.tell();
  }
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

function wordsOf({ name, doc }: HeldDocument): string {
  if (name.kind === 'room') return readRoomText(doc);
  if (name.kind === 'draft') {
    return listDrafts(doc)
      .map((draft) => draft.text)
      .join('\n\n');
  }
  return '';
}
