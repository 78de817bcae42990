import { inboxName, readInbox } from '@muster/documents';
import type { Person } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Outbox } from '../connection/outbox.ts';
import type { Handle, Shelf } from '../connection/shelf.ts';
import type { TicketCommands } from './commands.ts';
import { Grains } from './grains.ts';
import type { Inbox, InboxItem } from './muster.ts';

/** What this person was told, newest first. */
export class LiveInbox implements Inbox {
  readonly handle: Handle;
  readonly #options: LiveInboxOptions;
  readonly #grains = new Grains<'items'>();
  readonly #off: (() => void)[];
  #doc: Y.Doc | null = null;
  #items: readonly InboxItem[] | null = null;

  constructor(options: LiveInboxOptions) {
    this.#options = options;
    this.handle = options.shelf.open(inboxName(options.me.id));
    this.#off = [this.handle.onChange(() => this.#place()), options.outbox.onChange(() => this.#changed())];
    this.#place();
  }

  get items(): readonly InboxItem[] {
    this.#grains.read('items');
    return (this.#items ??= this.#read());
  }

  get unread(): number {
    return this.items.reduce((count, item) => count + (item.read ? 0 : 1), 0);
  }

  markRead(ids: readonly string[]): void {
    const unread = new Set(this.items.flatMap((item) => (item.read ? [] : [item.id])));
    const fresh = ids.filter((id) => unread.has(id));
    if (fresh.length > 0) this.#options.commands().send(MARK_READ, { items: fresh });
  }

  /** Told when items may have changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    for (const off of this.#off) off();
    this.#doc?.off('update', this.#changed);
    this.handle.release();
  }

  readonly #listeners = new Set<() => void>();

  readonly #changed = (): void => {
    this.#items = null;
    this.#grains.tell('items');
    for (const listener of this.#listeners) listener();
  };

  #place(): void {
    const doc = this.handle.current?.doc ?? null;
    if (doc === this.#doc) return;
    this.#doc?.off('update', this.#changed);
    this.#doc = doc;
    doc?.on('update', this.#changed);
    this.#changed();
  }

  #read(): readonly InboxItem[] {
    if (!this.#doc) return [];
    const readHere = new Set(
      this.#options.outbox.commands.flatMap(({ envelope }) =>
        envelope.type === MARK_READ ? (envelope.args as { readonly items: readonly string[] }).items : [],
      ),
    );
    return readInbox(this.#doc)
      .items.map((item) => ({ ...item, read: item.read || readHere.has(item.id) }))
      .toReversed();
  }
}

export interface LiveInboxOptions {
  readonly me: Person;
  readonly shelf: Shelf;
  readonly outbox: Pick<Outbox, 'commands' | 'onChange'>;
  readonly commands: () => Pick<TicketCommands, 'send'>;
}

const MARK_READ = 'inbox.read';
