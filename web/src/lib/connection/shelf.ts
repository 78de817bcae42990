import { parseName, withoutEpoch } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { DocumentStore } from './document-store.ts';
import { HeldDocument } from './held-document.ts';
import type { LinkClosed, OpenLink } from './link.ts';
import { Listeners } from './listeners.ts';
import { Slot, documentsOf, loaded } from './shelf-slot.ts';

/**
 * All documents of this tab, each held once however many read it.
 * A reader holds a `Handle`, whose `current` changes when another epoch takes over or a document is read anew
 * after the server refused an update; it is null once access is lost.
 */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #slots = new Map<string, Slot>();
  readonly #changed = new Listeners();
  /** Documents of records just made here that were asked for too early and again since. */
  readonly #askedAgain = new Set<string>();
  /** What is held only until the server has it. */
  readonly #leftovers = new Map<string, Handle>();
  /** Ends with this tab: who waits for the server then waits in vain, and may keep other tabs waiting. */
  readonly #ending = Promise.withResolvers<void>();
  #closed = false;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Every document held now. */
  get documents(): readonly HeldDocument[] {
    return [...this.#slots.values()].flatMap((slot) => (slot.current ? [slot.current] : []));
  }

  /** Told when any document's state of saving or synchronising changes. */
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** @throws Error when `raw` is no document's name */
  open(raw: string): Handle {
    const key = withoutEpoch(raw);
    let slot = this.#slots.get(key);
    if (!slot) {
      slot = new Slot(key);
      this.#slots.set(key, slot);
    }
    clearTimeout(slot.timer);
    slot.leaving = false;
    slot.readers += 1;
    if (!slot.current) this.#place(slot, this.#hold(raw));
    return this.#handle(slot);
  }

  /** Puts another epoch in place as soon as it has something to show; the old local copy goes then. */
  async swap(raw: string): Promise<void> {
    const slot = this.#slots.get(withoutEpoch(raw));
    if (!slot || slot.current?.name.raw === raw || slot.next?.name.raw === raw) return;
    void slot.next?.destroy();
    const next = this.#hold(raw);
    slot.next = next;
    await loaded(next);
    if (slot.next !== next || this.#closed) return;
    slot.next = null;
    if (!next.loaded) return void (await next.destroy());
    const old = slot.current;
    this.#place(slot, next);
    if (old) await this.#discard(old);
  }

  /** Access is lost: the document leaves its readers and this device. */
  async drop(raw: string): Promise<void> {
    const slot = this.#slots.get(withoutEpoch(raw));
    const old = slot?.current;
    if (!slot || !old) return;
    slot.current = null;
    slot.changed.tell();
    this.#changed.tell();
    await this.#rescue(old, old.closed ?? 'forbidden');
    await this.#discard(old);
  }

  /** The disk answers again. */
  async diskBack(): Promise<void> {
    await Promise.all(this.#all().map((document) => document.diskBack()));
  }

  /** What this device kept is gone. */
  async diskReplaced(): Promise<void> {
    await Promise.all(this.#all().map((document) => document.diskReplaced()));
  }

  /** Deletes local copies of epochs that nobody names any more. */
  async forgetOldEpochs(current: ReadonlySet<string>): Promise<void> {
    const held = new Set(this.documents.map((document) => document.name.raw));
    const stored = await this.#options.store.list();
    const old = stored.filter(
      ({ name }) => withoutEpoch(name) !== name && !current.has(name) && !held.has(name),
    );
    if (old.length > 0) await this.#options.store.remove(old.map(({ name }) => name));
  }

  /** Asks the server again for documents that it did not have, now that it may have made them. */
  retryGone(record: RecordId): void {
    for (const document of this.documents) {
      if (document.closed && 'id' in document.name && document.name.id === record) document.reconnect();
    }
  }

  /**
   * Opens what holds unsent work of an earlier visit, or of a tab that is gone, until the server has it.
   * Resolves when it has been read.
   * @throws BoundaryError when the disk does not tell
   */
  async sendLeftovers(): Promise<void> {
    const stored = await this.#options.store.list();
    const unsent = stored.filter((document) => document.unsent && document.awaited !== true);
    await Promise.all(unsent.map(({ name }) => this.#sendLeftover(name)));
  }

  async #sendLeftover(name: string): Promise<void> {
    if (!parseName(name) || this.#closed) return;
    let handle = this.#leftovers.get(name);
    if (!handle) {
      const opened = this.open(name);
      this.#leftovers.set(name, (handle = opened));
      const stop = opened.onChange(() => {
        if (opened.current && (opened.current.unsent || !opened.current.syncedOnce)) return;
        stop();
        this.#leftovers.delete(name);
        opened.release();
      });
    }
    await handle.current?.readAgain();
  }

  /** The store was restored: documents of before it are awaited from now on. */
  awaitAll(): void {
    for (const document of this.documents) if (isKeptOverRestore(document)) document.expectAgain();
  }

  /** Asks again for documents of records that the server said no to: what it says now is said by another era, perhaps. */
  retryClosed(): void {
    for (const document of this.documents) {
      const { closed, name } = document;
      // refused words are being set aside, and what they stood in is read anew
      if (closed && closed !== 'update-rejected' && 'id' in name) document.reconnect();
    }
  }

  /** Asks again for what a restore took, of the records that somebody has made again meanwhile. */
  retryLost(isThere: (record: RecordId) => boolean): void {
    for (const document of this.documents) {
      const { name, awaited, closed } = document;
      if (awaited && closed && 'id' in name && isThere(name.id as RecordId)) document.reconnect();
    }
  }

  /** What was lost with the right to read it is read again, of the records that are shown again. */
  retryForbidden(isThere: (record: RecordId) => boolean): void {
    for (const slot of this.#slots.values()) {
      if (slot.current || slot.readers === 0) continue;
      const name = parseName(slot.key);
      if (name && 'id' in name && isThere(name.id as RecordId)) this.#place(slot, this.#hold(slot.key));
    }
  }

  /**
   * Records that left all boards: what this device has kept of them, from a visit or ahead of one, is asked for once.
   * It goes if it may not be read any more, and stays if the record is merely over.
   */
  async askFor(records: ReadonlySet<RecordId>): Promise<void> {
    const stored = await this.#options.store.list().catch(() => []);
    for (const { name: raw } of stored) {
      const name = parseName(raw);
      if (name === null || !('id' in name) || !records.has(name.id as RecordId) || this.#closed) continue;
      await Promise.race([this.#sendOne(raw), this.#ending.promise]);
    }
  }

  /** A record will not be made again: its words are set aside, unless the server has it after all. */
  async giveUp(record: RecordId): Promise<void> {
    const stored = await this.#options.store.list();
    for (const { name, awaited } of stored) {
      const parsed = parseName(name);
      if (!awaited || parsed === null || !('id' in parsed) || parsed.id !== record) continue;
      const handle = this.open(name);
      await handle.current?.opened;
      await handle.current?.giveUp();
      handle.release();
    }
  }

  /**
   * Brings what people wrote before a restore back to the server, a few documents at a time.
   * Resolves when the server has each of them, or has not its record, and when the shelf is closed.
   */
  async bringAwaited(progress: (left: number) => void): Promise<void> {
    const awaited = (await this.#options.store.list()).filter(
      ({ name, awaited, unsent }) => awaited === true && unsent && parseName(name) !== null,
    );
    let left = awaited.length;
    progress(left);
    const work = async (): Promise<void> => {
      for (let next = awaited.shift(); next && !this.#closed; next = awaited.shift()) {
        await Promise.race([this.#sendOne(next.name), this.#ending.promise]);
        left -= 1;
        progress(left);
      }
    };
    await Promise.all(Array.from({ length: BROUGHT_AT_ONCE }, work));
  }

  /** Holds a document until the server has all of it; resolves then, or when the server does not take it now. */
  #sendOne(name: string): Promise<void> {
    const handle = this.open(name);
    return new Promise((resolve) => {
      const look = (): void => {
        const { current } = handle;
        if (current === null || current.closed !== null) resolve();
        if (current !== null && (current.unsent || !current.syncedOnce)) return;
        stop();
        handle.release();
        resolve();
      };
      const stop = handle.onChange(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#ending.resolve();
    const slots = [...this.#slots.values()];
    this.#slots.clear();
    for (const slot of slots) clearTimeout(slot.timer);
    const documents = slots.flatMap(documentsOf);
    await Promise.all(documents.map((document) => document.destroy()));
  }

  #all(): readonly HeldDocument[] {
    return [...this.#slots.values()].flatMap(documentsOf);
  }

  #hold(raw: string): HeldDocument {
    const name = parseName(raw);
    if (!name) throw new Error(`not a document name: ${raw}`);
    return new HeldDocument(name, {
      store: this.#options.store,
      openLink: this.#options.openLink,
      ...(this.#options.elapsed && { elapsed: this.#options.elapsed }),
      onClosed: (document, reason) => void this.#onClosed(document, reason),
      onMoved: (next) => void this.#onMoved(next),
      onTaken: this.#options.onTaken,
    });
  }

  #place(slot: Slot, document: HeldDocument): void {
    slot.current = document;
    document.onChange(() => {
      if (slot.current !== document) return;
      slot.changed.tell();
      this.#changed.tell();
      // it stayed without a reader for the sake of its unsent words, and they have arrived
      if (slot.leaving && !document.unsent) this.#letGo(slot);
    });
    slot.changed.tell();
    this.#changed.tell();
  }

  #handle(slot: Slot): Handle {
    let open = true;
    return {
      get current() {
        return slot.current;
      },
      onChange: (listener) => slot.changed.add(listener),
      release: () => {
        if (!open) return;
        open = false;
        slot.readers -= 1;
        if (slot.readers > 0) return;
        slot.timer = setTimeout(() => this.#letGo(slot), KEEP_AFTER_LAST_READER_MS);
      },
    };
  }

  /** Unsent words keep their document here: only a document that is held is sent, and counted as waiting. */
  #letGo(slot: Slot): void {
    if (slot.readers > 0 || this.#slots.get(slot.key) !== slot) return;
    slot.leaving = slot.current?.unsent ?? false;
    if (slot.leaving) return;
    this.#slots.delete(slot.key);
    void slot.current?.destroy();
    void slot.next?.destroy();
    this.#changed.tell();
  }

  async #onClosed(document: HeldDocument, reason: LinkClosed): Promise<void> {
    const slot = this.#slots.get(withoutEpoch(document.name.raw));
    if (!slot) return;
    switch (reason) {
      case 'update-rejected':
        await this.#readAnew(slot, document);
        break;
      case 'forbidden':
      case 'gone':
        // a record made here offline is not there yet: what was typed into its room waits with it
        if ('id' in document.name && this.#options.isUnmade(document.name.id as RecordId)) break;
        if (this.#wasTooEarly(document)) {
          document.reconnect();
          break;
        }
        // after a restore it may be made again, by whoever made it: until then this copy may be all there is
        if (await this.#options.isLost?.(document)) break;
        if (document.closed === null) break;
        if (slot.current === document) await this.drop(document.name.raw);
        break;
      default:
        break;
    }
    this.#options.onClosed(document, reason);
  }

  /** The word that there is no such record can come after the word that it has just been made. */
  #wasTooEarly({ name }: HeldDocument): boolean {
    if (!('id' in name) || !this.#options.isJustMade(name.id as RecordId)) return false;
    if (this.#askedAgain.has(name.raw)) return false;
    this.#askedAgain.add(name.raw);
    return true;
  }

  async #onMoved(next: string): Promise<void> {
    if (parseName(next)) await this.swap(next);
  }

  /** The server's document and ours differ for good: keep the words, then begin from the server's. */
  async #readAnew(slot: Slot, document: HeldDocument): Promise<void> {
    if (slot.current !== document) return;
    await this.#rescue(document, 'update-rejected');
    await this.#discard(document);
    if (!this.#closed && slot.current === document) this.#place(slot, this.#hold(document.name.raw));
  }

  async #rescue(document: HeldDocument, reason: LinkClosed): Promise<void> {
    await document.opened;
    if (document.unsent) await this.#options.rescue(document, reason);
  }

  async #discard(document: HeldDocument): Promise<void> {
    await document.destroy();
    await this.#options.store.remove([document.name.raw]).catch(() => undefined);
  }
}

/** One reader's hold on a document. */
export interface Handle {
  /** Null when this person may not read it any more. */
  readonly current: HeldDocument | null;
  /** Told when `current` or its state changes. */
  onChange(listener: () => void): () => void;
  release(): void;
}

export interface ShelfOptions {
  readonly store: DocumentStore;
  readonly openLink: OpenLink;
  /** Milliseconds that pass evenly; the page's own by default. */
  readonly elapsed?: () => number;
  /** True while the command that creates this record has not been answered. */
  readonly isUnmade: (record: RecordId) => boolean;
  /** True for a document that a restore took from the server, as far as is known now. */
  readonly isLost?: (document: HeldDocument) => Promise<boolean>;
  /** True for a record that this tab heard the server make. */
  readonly isJustMade: (record: RecordId) => boolean;
  /** Keeps the words of a document that the server would not take. */
  readonly rescue: (document: HeldDocument, reason: LinkClosed) => Promise<void>;
  readonly onClosed: (document: HeldDocument, reason: LinkClosed) => void;
  readonly onTaken: (document: HeldDocument, words: string) => void;
}

/** Going back to a record just left costs nothing within this time. */
const KEEP_AFTER_LAST_READER_MS = 15_000;

/** Documents that are brought back at once after a restore: everybody's come at the same time. */
const BROUGHT_AT_ONCE = 4;

/** Those of records, and drafts; the others have epochs or are made from SQL for everybody. */
function isKeptOverRestore({ name }: HeldDocument): boolean {
  return ['room', 'article', 'draft', 'record', 'journal'].includes(name.kind);
}
