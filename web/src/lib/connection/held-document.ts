import type { DocumentName } from '@muster/documents';
import { KINDS } from '@muster/documents';
import * as Y from 'yjs';
import type { BoundaryError } from './boundary-error.ts';
import type { DocumentStore, LoadedCopy } from './document-store.ts';
import { LOCAL_COPY } from './document-store.ts';
import { DocumentWriter } from './document-writer.ts';
import type { DocumentLink, LinkClosed, OpenLink } from './link.ts';
import { Listeners } from './listeners.ts';
import { UnseenWords } from './unseen-words.ts';

/** How far what this device made in a document has come. */
export type SavedState =
  /** The server has it on its disk. */
  | 'saved'
  /** This device has it on its disk, and it stays there when the tab is killed. */
  | 'on-this-device'
  /** On its way to this device's disk, for a moment: neither has it yet. */
  | 'keeping'
  /** In this tab's memory only, and that does not pass by itself. */
  | 'not-saved';

/**
 * One document in this tab: first from the local copy, then tied to the server, and written down as it changes.
 * It connects only after the local copy is in, so that the server sends the difference.
 */
export class HeldDocument {
  readonly name: DocumentName;
  readonly doc = new Y.Doc();
  /** Resolves when the local copy is in, or there is none, or the disk cannot be read. */
  readonly opened: Promise<void>;
  readonly #options: HeldDocumentOptions;
  readonly #changed = new Listeners();
  readonly #writer: DocumentWriter;
  readonly #unseen: UnseenWords;
  #link: DocumentLink | null = null;
  #fromCopy = false;
  #syncedOnce = false;
  #unsent = false;
  #awaited = false;
  #readProblem: BoundaryError | null = null;
  #closed: LinkClosed | null = null;
  #destroyed = false;
  #marking = false;

  constructor(name: DocumentName, options: HeldDocumentOptions) {
    this.name = name;
    this.#options = options;
    this.#writer = new DocumentWriter({
      name: name.raw,
      doc: this.doc,
      store: options.store,
      isRemote: (origin) => this.#link?.isOrigin(origin) ?? false,
      changed: () => this.#changed.tell(),
      elapsed: () => this.#elapsed(),
    });
    this.#unseen = new UnseenWords(this.doc, {
      isRemote: (origin) => this.#link?.isOrigin(origin) ?? false,
      taken: (words) => options.onTaken?.(this, words),
    });
    // somebody listening makes Yjs encode all that the local copy brings: only where people may type meanwhile
    if (KINDS[name.kind].writer !== 'server') this.#listen();
    this.opened = this.#open();
  }

  /** The tie to the server; null while the local copy is being read. */
  get link(): DocumentLink | null {
    return this.#link;
  }

  get synced(): boolean {
    return this.#link?.synced ?? false;
  }

  /** True once something true can be shown: the local copy, or the server's whole answer. */
  get loaded(): boolean {
    return this.#fromCopy || this.#syncedOnce;
  }

  /** True when the server has answered in this tab at least once. */
  get syncedOnce(): boolean {
    return this.#syncedOnce;
  }

  /** True while work of this device in it has not been acknowledged. */
  get unsent(): boolean {
    return this.#unsent;
  }

  /** True after a restore until the server has served it, or it was given up: a no may mean that it is not there yet. */
  get awaited(): boolean {
    return this.#awaited;
  }

  /** True while something typed here is in this tab's memory only. */
  get hasUnkept(): boolean {
    return this.#unsent && this.#writer.unkeptSince !== null;
  }

  get state(): SavedState {
    if (!this.#unsent) return 'saved';
    const unkeptSince = this.#writer.unkeptSince;
    if (unkeptSince === null) return 'on-this-device';
    const overdue = this.#elapsed() - unkeptSince > SAY_UNKEPT_AFTER_MS;
    return this.#writer.problem || overdue ? 'not-saved' : 'keeping';
  }

  get problem(): BoundaryError | null {
    return this.#writer.problem ?? this.#readProblem;
  }

  /** Why the server closed it for good; null while it serves it. */
  get closed(): LinkClosed | null {
    return this.#closed;
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** The disk answers again: reads what could not be read, and writes what could not be written. */
  async diskBack(): Promise<void> {
    await this.opened;
    if (this.#readProblem && !this.#destroyed) this.#begin(await this.#load());
    this.#writer.retry();
  }

  /** Takes in what other tabs have left on the disk since it was read. */
  async readAgain(): Promise<void> {
    const isFirst = !this.#link;
    await this.opened;
    if (!isFirst && !this.#destroyed) this.#begin(await this.#load());
  }

  /** What this device kept is gone, so all that this tab holds is written again. */
  async diskReplaced(): Promise<void> {
    // at once when it can be: until it is written again nothing of it is kept
    if (!this.#link) await this.opened;
    if (this.loaded || this.#unsent) this.#writer.rewrite(this.#unsent);
  }

  /** The store was restored: what the server had may be lost there, and this copy may be all there is. */
  expectAgain(): void {
    this.#awaited = true;
    if (KINDS[this.name.kind].writer !== 'server') this.#unsent = true;
    this.#changed.tell();
  }

  /** Nothing will make it be there again: a no is a no. */
  async giveUp(): Promise<void> {
    await this.#arrived();
    if (this.#closed) this.reconnect();
  }

  /** Ties it to the server again after a final close. */
  reconnect(): void {
    this.#closed = null;
    this.#link?.reconnect();
    this.#changed.tell();
  }

  /** Everything so far is on the disk when this resolves, unless the disk refuses. */
  async flush(): Promise<void> {
    await this.opened;
    await this.#writer.flush();
  }

  /** Lets go. The local copy stays. */
  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#link?.destroy();
    await this.opened;
    await this.#writer.close();
    this.doc.destroy();
  }

  async #open(): Promise<void> {
    const copy = await this.#load();
    if (this.#destroyed) return;
    if (KINDS[this.name.kind].writer === 'server') this.#listen();
    this.#begin(copy);
    this.#link = this.#options.openLink(this.name.raw, this.doc, {
      changed: () => this.#onLink(),
      closed: (reason) => {
        this.#closed = reason;
        this.#changed.tell();
        this.#options.onClosed(this, reason);
      },
      moved: this.#options.onMoved,
    });
    this.#onLink();
  }

  async #load(): Promise<LoadedCopy> {
    try {
      const copy = await this.#options.store.load(this.name.raw, this.doc);
      this.#readProblem = null;
      return copy;
    } catch (error) {
      this.#readProblem = error as BoundaryError;
      return { found: false, unsent: false, marks: {}, awaited: false, tail: 0, generation: 0 };
    }
  }

  #begin(copy: LoadedCopy): void {
    this.#fromCopy ||= copy.found;
    this.#unsent ||= copy.unsent;
    this.#awaited ||= copy.awaited;
    this.#writer.start(copy);
    this.#onLink();
  }

  #elapsed(): number {
    return (this.#options.elapsed ?? performanceNow)();
  }

  #listen(): void {
    this.#writer.listen();
    this.doc.on('update', this.#onUpdate);
  }

  readonly #onUpdate = (_update: Uint8Array, origin: unknown, _doc: Y.Doc, made: Y.Transaction): void => {
    if (origin === LOCAL_COPY || this.#link?.isOrigin(origin) || KINDS[this.name.kind].writer === 'server')
      return;
    this.#unsent = true;
    this.#unseen.made(made);
    this.#changed.tell();
  };

  #onLink(): void {
    const link = this.#link;
    if (!link) return;
    if (link.synced) this.#syncedOnce = true;
    if (this.#awaited && link.synced && this.#isWhole(link)) void this.#arrived();
    if (this.#unsent && link.synced && link.acknowledged) void this.#markSent();
    this.#changed.tell();
  }

  #isWhole(link: DocumentLink): boolean {
    return link.acknowledged || KINDS[this.name.kind].writer === 'server';
  }

  async #arrived(): Promise<void> {
    if (!this.#awaited) return;
    this.#awaited = false;
    // the mark stays on a disk that does not take this: the next visit asks once more for nothing
    await this.#options.store.markArrived(this.name.raw).catch(() => undefined);
  }

  /** Acknowledged is saved, whatever the local disk says; the mark on the disk follows. */
  async #markSent(): Promise<void> {
    this.#unsent = false;
    this.#unseen.sent();
    if (this.#marking) return;
    this.#marking = true;
    try {
      await this.#writer.flush();
      if (!this.#unsent) await this.#options.store.markSent(this.name.raw, this.#writer.marks);
    } catch {
      // the mark stays: the next visit synchronises once more for nothing
    } finally {
      this.#marking = false;
    }
  }
}

export interface HeldDocumentOptions {
  readonly store: DocumentStore;
  readonly openLink: OpenLink;
  readonly onClosed: (document: HeldDocument, reason: LinkClosed) => void;
  /** Somebody else took words away that were written here and that they had not seen. */
  readonly onTaken?: (document: HeldDocument, words: string) => void;
  /** Another document takes this one's place. */
  readonly onMoved: (next: string) => void;
  /** Milliseconds that pass evenly; the page's own by default. */
  readonly elapsed?: () => number;
}

const performanceNow = () => performance.now();

/** A disk that takes longer than this to keep what was typed is worth saying so. */
export const SAY_UNKEPT_AFTER_MS = 1000;
