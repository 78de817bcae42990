import { deciderOf } from '@muster/domain';
import { journalName, readEvents, recordName } from '@muster/documents';
import type { RecordId, Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Handle, Shelf } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { LiveHistory } from './muster.ts';
import type { Tickets } from './tickets.ts';

/**
 * A record's events, public and staff, in the order of the server, with this device's own at the end.
 * Whoever may not read the journal sees the public part. A record that is on no board is shown from here.
 */
export class History implements LiveHistory {
  readonly #id: RecordId;
  readonly #tickets: Tickets;
  readonly #grains = new Grains<'events' | 'loaded'>();
  readonly #parts: readonly Part[];
  #stored: readonly Recorded<TicketEvent>[] | null = null;
  #closed = false;

  constructor(
    id: RecordId,
    options: { readonly shelf: Shelf; readonly tickets: Tickets; readonly staff: boolean },
  ) {
    this.#id = id;
    this.#tickets = options.tickets;
    const names = options.staff ? [recordName(id), journalName(id)] : [recordName(id)];
    this.#parts = names.map((name) => this.#follow(options.shelf.open(name)));
  }

  get loaded(): boolean {
    this.#grains.read('loaded');
    return this.#parts.every(({ handle }) => handle.current === null || handle.current.loaded);
  }

  get events(): readonly Recorded<TicketEvent>[] {
    this.#grains.read('events');
    const own = this.#tickets.anticipatedEvents(this.#id);
    return own.length === 0 ? this.#read() : [...this.#read(), ...own];
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const part of this.#parts) {
      part.stop();
      part.handle.release();
    }
    this.#tickets.showArchived(this.#id, null);
  }

  #follow(handle: Handle): Part {
    const part: Part = { handle, events: null, stop: () => undefined };
    const place = () => {
      const events = handle.current?.doc.getArray('events') ?? null;
      if (events !== part.events) {
        part.events?.unobserve(this.#changed);
        part.events = events;
        events?.observe(this.#changed);
        this.#changed();
      }
      this.#grains.tell('loaded');
    };
    const stop = handle.onChange(place);
    part.stop = () => {
      stop();
      part.events?.unobserve(this.#changed);
    };
    place();
    return part;
  }

  readonly #changed = (): void => {
    this.#stored = null;
    this.#grains.tell('events');
    // a part may still be missing while the first one is being set up
    if (this.#parts) this.#showArchived();
  };

  #read(): readonly Recorded<TicketEvent>[] {
    if (this.#stored) return this.#stored;
    const events = this.#parts.flatMap(({ handle }) =>
      handle.current ? readEvents(handle.current.doc).events : [],
    );
    return (this.#stored = events.toSorted((a, b) => a.seq - b.seq || a.version - b.version));
  }

  #showArchived(): void {
    if (this.#closed || this.#tickets.homeOf(this.#id)) return;
    const events = this.#read();
    const first = events.find(({ event }) => event.type === 'created')?.event;
    if (first?.type !== 'created') return;
    const { evolve } = deciderOf(first.process);
    let ticket: Ticket | null = null;
    for (const recorded of events) ticket = evolve(ticket, recorded, this.#id);
    this.#tickets.showArchived(this.#id, ticket);
  }
}

interface Part {
  readonly handle: Handle;
  events: Y.Array<unknown> | null;
  stop: () => void;
}
