import { journalName, recordName, roomName } from '@muster/documents';
import type { PersonId, RecordId, Ticket } from '@muster/domain/shared';
import type { DocumentStore } from '../connection/document-store.ts';
import type { Handle, Shelf } from '../connection/shelf.ts';

/**
 * Which records work without a network: those that this person owns or shares, and those opened lately,
 * two hundred at most, the latest opened and changed first. While the connection is live each is fetched once
 * for each version of it and let go again. What falls off the end leaves this device, unless it holds unsent words.
 */
export class Prefetch {
  readonly #options: PrefetchOptions;
  #running = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: PrefetchOptions) {
    this.#options = options;
  }

  /** Notes that a record was opened by its person. */
  async opened(id: RecordId): Promise<void> {
    const usedAt = this.#options.now();
    await Promise.all(this.#namesOf(id).map((name) => this.#options.documents.markHeld(name, { usedAt })));
  }

  /** Looks again, a little later: many changes make one look. */
  soon(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.run();
    }, SOON_MS);
  }

  /** Fetches what is wanted and not held as it is now. */
  async run(): Promise<void> {
    if (this.#running || this.#closed || !this.#options.isLive()) return;
    this.#running = true;
    try {
      const wanted = await this.#wanted();
      const queue = wanted.filter(({ held, version }) => held < version);
      await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work(queue)));
      await this.#evict(new Set(wanted.map(({ id }) => id)));
    } catch {
      // the disk does not answer, which saving tells; without it there is nothing to fetch for
    } finally {
      this.#running = false;
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #wanted(): Promise<readonly Wanted[]> {
    const stored = new Map(
      (await this.#options.documents.list()).map((document) => [document.name, document]),
    );
    const wanted: Wanted[] = [];
    for (const ticket of this.#options.tickets()) {
      const about = stored.get(recordName(ticket.id));
      const mine = ticket.owner === this.#options.me || ticket.coOwners.includes(this.#options.me);
      if (!mine && !about?.usedAt) continue;
      wanted.push({
        id: ticket.id,
        version: ticket.version,
        held: about?.heldVersion ?? 0,
        rank: Math.max(about?.usedAt ?? 0, mine ? ticket.updatedAt : 0),
      });
    }
    return wanted.sort((a, b) => b.rank - a.rank).slice(0, HELD_RECORDS);
  }

  async #work(queue: Wanted[]): Promise<void> {
    for (let next = queue.shift(); next && !this.#closed && this.#options.isLive(); next = queue.shift()) {
      await this.#fetch(next);
    }
  }

  async #fetch({ id, version }: Wanted): Promise<void> {
    const handles = this.#namesOf(id).map((name) => this.#options.shelf.open(name));
    await Promise.all(handles.map(arrived));
    await Promise.all(handles.flatMap(({ current }) => current ?? []).map((document) => document.flush()));
    const complete = handles.every((handle) => handle.current?.syncedOnce);
    if (complete) await this.#options.documents.markHeld(recordName(id), { heldVersion: version });
    for (const handle of handles) handle.release();
  }

  async #evict(wanted: ReadonlySet<RecordId>): Promise<void> {
    const held = new Set(this.#options.shelf.documents.map((document) => document.name.raw));
    const surplus = (await this.#options.documents.list())
      .filter(({ name, unsent }) => !unsent && !held.has(name) && isOfRecord(name, wanted) === false)
      .sort((a, b) => b.usedAt - a.usedAt)
      .slice(KEPT_BESIDES);
    if (surplus.length > 0) await this.#options.documents.remove(surplus.map(({ name }) => name));
  }

  #namesOf(id: RecordId): readonly string[] {
    return this.#options.staff ? [recordName(id), journalName(id), roomName(id)] : [recordName(id)];
  }
}

export interface PrefetchOptions {
  readonly me: PersonId;
  readonly staff: boolean;
  readonly shelf: Shelf;
  readonly documents: DocumentStore;
  readonly tickets: () => readonly Ticket[];
  readonly isLive: () => boolean;
  readonly now: () => number;
}

/** Records that work offline. */
const HELD_RECORDS = 200;
/** Documents of other records (closed, or no longer mine) that stay until room is wanted. */
const KEPT_BESIDES = 150;
const AT_ONCE = 4;
const SOON_MS = 5000;
/** A document that does not come within this time is tried again at the next look. */
const PATIENCE_MS = 15_000;

interface Wanted {
  readonly id: RecordId;
  readonly version: number;
  readonly held: number;
  /** Later comes first. */
  readonly rank: number;
}

/** Null for documents that are no record's. */
function isOfRecord(name: string, wanted: ReadonlySet<RecordId>): boolean | null {
  const [kind, id] = name.split('/');
  return kind === 'record' || kind === 'journal' || kind === 'room' ? wanted.has(id as RecordId) : null;
}

function arrived(handle: Handle): Promise<void> {
  const done = () => handle.current === null || handle.current.syncedOnce || handle.current.closed !== null;
  if (done()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, PATIENCE_MS);
    const stop = handle.onChange(() => {
      if (done()) end();
    });
  });
}
