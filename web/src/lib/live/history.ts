import { deciderOf } from '@muster/domain';
import { journalName, readEvents, recordName } from '@muster/documents';
import type {
  CommandId,
  CommandOutcome,
  RecordId,
  Recorded,
  Ticket,
  TicketEvent,
} from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Outbox } from '../connection/outbox.ts';
import type { Handle, Shelf } from '../connection/shelf.ts';
import type { OwnEvent } from './anticipate.ts';
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
  readonly #now: () => number;
  readonly #stop: () => void;
  /** Own events as last shown, and those among them that the server has agreed to. */
  #own: readonly OwnEvent[] = [];
  readonly #agreed = new Map<CommandId, { readonly version: number; readonly until: number }>();
  #closed = false;

  constructor(id: RecordId, options: HistoryOptions) {
    this.#id = id;
    this.#tickets = options.tickets;
    this.#now = options.now;
    this.#stop = options.outbox.onAnswered((outcomes) => this.#onAnswered(outcomes));
    const names = options.staff ? [recordName(id), journalName(id)] : [recordName(id)];
    this.#parts = names.map((name) => this.#follow(options.shelf.open(name)));
  }

  get loaded(): boolean {
    this.#grains.read('loaded');
    return this.#parts.every(({ handle }) => handle.current === null || handle.current.loaded);
  }

  get events(): readonly Recorded<TicketEvent>[] {
    this.#grains.read('events');
    const stored = this.#read();
    this.#own = [...this.#late(), ...this.#tickets.anticipatedEvents(this.#id)].filter(
      (own) => !this.#hasArrived(own, stored),
    );
    return this.#own.length === 0 ? stored : [...stored, ...this.#own.map(({ recorded }) => recorded)];
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    for (const part of this.#parts) {
      part.stop();
      part.handle.release();
    }
    this.#tickets.showArchived(this.#id, null);
  }

  #onAnswered(outcomes: readonly CommandOutcome[]): void {
    const until = this.#now() + ARRIVES_WITHIN_MS;
    for (const outcome of outcomes) {
      if (outcome.outcome === 'applied') this.#agreed.set(outcome.id, { version: outcome.version, until });
    }
    this.#grains.tell('events');
  }

  /** Own events that the board shows already and this history may not: two documents, one a moment later. */
  #late(): readonly OwnEvent[] {
    const pending = new Set(this.#tickets.anticipatedEvents(this.#id).map(({ command }) => command));
    return this.#own.filter(({ command }) => {
      const agreed = this.#agreed.get(command);
      return !pending.has(command) && agreed && this.#now() < agreed.until;
    });
  }

  /** The broadcast may come before the answer, and the answer before the broadcast. */
  #hasArrived({ command, recorded }: OwnEvent, stored: readonly Recorded<TicketEvent>[]): boolean {
    const agreed = this.#agreed.get(command);
    if (agreed && agreed.version <= (stored.at(-1)?.version ?? 0)) return true;
    return stored.some(
      ({ actor, clientAt, event }) =>
        clientAt === recorded.clientAt && actor === recorded.actor && event.type === recorded.event.type,
    );
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
    if (first?.type !== 'created') return this.#tickets.showArchived(this.#id, null);
    const { evolve } = deciderOf(first.process);
    let ticket: Ticket | null = null;
    for (const recorded of events) ticket = evolve(ticket, recorded, this.#id);
    this.#tickets.showArchived(this.#id, ticket);
  }
}

export interface HistoryOptions {
  readonly shelf: Shelf;
  readonly tickets: Tickets;
  readonly outbox: Pick<Outbox, 'onAnswered'>;
  /** True for those who may read the journal. */
  readonly staff: boolean;
  readonly now: () => number;
}

const ARRIVES_WITHIN_MS = 10_000;

interface Part {
  readonly handle: Handle;
  events: Y.Array<unknown> | null;
  stop: () => void;
}
