import { tokenOf } from '@muster/domain/shared';
import type { CommandId, RecordId, Ticket } from '@muster/domain/shared';
import type { Outbox } from '../connection/outbox.ts';
import type { PendingCommand } from '../connection/pending-command.ts';
import type { Handle } from '../connection/shelf.ts';
import { foldPending } from './anticipate.ts';
import type { OwnEvent, Surroundings } from './anticipate.ts';
import { BoardRows, asRow } from './board-rows.ts';
import type { ChangedRows } from './board-rows.ts';
import { ChangeLog } from './changes.ts';
import type { NextFrame } from './changes.ts';
import type { FirstRows } from './first-rows.ts';
import { Grains } from './grains.ts';
import type { LiveTickets, TicketRow } from './muster.ts';
import { areSameCommands } from './same-commands.ts';
import { shownBy } from './shown-by.ts';

/**
 * The queue as this device sees it: board rows with the commands that wait for the server folded in.
 * Nothing is copied: a row is built when it is read and forgotten when its board row or its commands change.
 */
export class Tickets implements LiveTickets {
  readonly #options: TicketsOptions;
  readonly #rows: BoardRows;
  readonly #shown = new Map<RecordId, TicketRow | null>();
  readonly #grains = new Grains<RecordId>();
  readonly #lists = new Grains<'ids' | 'revision' | 'loaded' | 'openings'>();
  readonly #log: ChangeLog<RecordId>;
  readonly #archived = new Map<RecordId, TicketRow>();
  readonly #off: () => void;
  #pending = new Map<RecordId, readonly PendingCommand[]>();
  #ids: readonly RecordId[] | null = null;
  #all: readonly TicketRow[] | null = null;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TicketsOptions) {
    this.#options = options;
    this.#log = new ChangeLog(() => {
      this.#lists.tell('revision');
      options.advanced?.();
    }, options.nextFrame);
    this.#rows = new BoardRows(
      (changed) => this.#onRows(changed),
      () => this.#onLoaded(),
      () => this.#lists.tell('openings'),
    );
    this.#off = options.outbox.onChange(() => this.#onOutbox());
    this.#onOutbox();
  }

  get(id: RecordId): TicketRow | undefined {
    this.#grains.read(id);
    return this.peek(id);
  }

  /** The row as it is now, without subscribing. */
  peek(id: RecordId): TicketRow | undefined {
    const known = this.#shown.get(id);
    if (known !== undefined) return known ?? undefined;
    const row = this.#build(id);
    this.#shown.set(id, row);
    return row ?? undefined;
  }

  /** The row without this device's own pending commands: what the server is known to say. */
  confirmed(id: RecordId): TicketRow | undefined {
    return this.#rows.get(id) ?? this.#archived.get(id) ?? this.#options.first.get(id);
  }

  get ids(): readonly RecordId[] {
    this.#lists.read('ids');
    return this.#peekIds();
  }

  get revision(): number {
    this.#lists.read('revision');
    return this.#log.revision;
  }

  all(): readonly TicketRow[] {
    return (this.#all ??= this.#peekIds().flatMap((id) => this.peek(id) ?? []));
  }

  changedSince(revision: number): ReadonlySet<RecordId> | null {
    return this.#log.since(revision);
  }

  get nonconforming(): number {
    this.#lists.read('revision');
    return this.#rows.nonconforming;
  }

  get loaded(): boolean {
    this.#lists.read('loaded');
    return this.#rows.loaded;
  }

  get openings(): number {
    this.#lists.read('openings');
    return this.#rows.openings;
  }

  firstOf(list: string): readonly TicketRow[] {
    this.#lists.read('loaded');
    return this.#options.first.of(list).flatMap(({ id }) => this.peek(id) ?? []);
  }

  seeFirst(list: string, ids: readonly RecordId[]): void {
    this.#options.first.see(list, ids);
  }

  /** The first rows of the last visit have come. */
  showFirst(): void {
    this.#forget(this.#options.first.ids);
    this.#lists.tell('loaded');
  }

  find(reference: string): RecordId | undefined {
    const wanted = reference.trim().toUpperCase();
    if (wanted === '') return undefined;
    if (this.#rows.has(wanted as RecordId)) return wanted as RecordId;
    const digits = /^#?(\d+)$/.exec(wanted)?.[1];
    let newest: TicketRow | undefined;
    for (const row of this.all()) {
      if (row.number?.toUpperCase() === wanted || row.token.toUpperCase() === wanted) return row.id;
      if (digits === undefined || !endsInNumber(row.number, digits)) continue;
      if (!newest || row.createdAt > newest.createdAt) newest = row;
    }
    return newest?.id;
  }

  /** Events that this device anticipates on a record, in order. */
  anticipatedEvents(id: RecordId): readonly OwnEvent[] {
    this.#grains.read(id);
    const confirmed = this.confirmed(id) ?? null;
    return foldPending(confirmed, this.#envelopes(id, confirmed), this.#options.around()).events;
  }

  /** Shows a record that is on no board, from its history. Null takes it away again. */
  showArchived(id: RecordId, ticket: Ticket | null): void {
    if (ticket) this.#archived.set(id, asRow({ ...ticket }));
    else this.#archived.delete(id);
    if (!this.#rows.has(id)) this.#forget([id]);
  }

  /** The board that shows a record. */
  homeOf(id: RecordId): Handle | undefined {
    return this.#rows.homeOf(id);
  }

  /** Reads the boards that are held now; called again whenever they come, go or load. */
  follow(): void {
    this.#rows.follow(this.#options.boards());
  }

  /** Rules and names changed: everything anticipated with them is worked out anew. */
  refold(): void {
    this.#forget(this.#pending.keys());
  }

  close(): void {
    clearTimeout(this.#expiry);
    this.#off();
    this.#rows.close();
  }

  #build(id: RecordId): TicketRow | null {
    const confirmed = this.confirmed(id) ?? null;
    const pending = this.#pending.get(id) ?? NONE;
    if (pending.length === 0) return confirmed;
    const { ticket } = foldPending(confirmed, this.#envelopes(id, confirmed), this.#options.around());
    if (!ticket) return null;
    const waiting = pending.reduce((count, command) => count + (command.applied === null ? 1 : 0), 0);
    return { ...ticket, token: tokenOf(ticket.process, id), pending: waiting };
  }

  /** Commands whose effect the board does not show yet. */
  #envelopes(id: RecordId, confirmed: Ticket | null) {
    return (this.#pending.get(id) ?? NONE)
      .filter(({ applied }) => applied === null || applied.version > (confirmed?.version ?? 0))
      .map(({ envelope }) => envelope);
  }

  #peekIds(): readonly RecordId[] {
    if (this.#ids) return this.#ids;
    const ids = [...this.#rows.ids];
    for (const id of this.#pending.keys()) if (!this.#rows.has(id) && this.peek(id)) ids.push(id);
    return (this.#ids = ids);
  }

  #onLoaded(): void {
    const { first } = this.#options;
    const standIns = first.ids;
    if (this.#rows.loaded) first.drop();
    this.#forget(standIns);
    this.#lists.tell('loaded');
  }

  #onRows({ ids, membership }: ChangedRows): void {
    const shown = [...ids].flatMap((id) => this.#pending.get(id) ?? NONE);
    this.#forget(ids, membership);
    if (membership) this.#options.left?.(new Set([...ids].filter((id) => !this.#rows.has(id))));
    if (shown.length > 0) this.#finishShown(shown);
  }

  #onOutbox(): void {
    const next = new Map<RecordId, PendingCommand[]>();
    for (const command of this.#options.outbox.commands) {
      const { target } = command.envelope;
      const there = next.get(target);
      if (there) there.push(command);
      else next.set(target, [command]);
    }
    const before = this.#pending;
    this.#pending = next;
    const changed = new Set([...before.keys(), ...next.keys()]);
    for (const id of changed) if (areSameCommands(before.get(id), next.get(id))) changed.delete(id);
    if (changed.size === 0) return;
    this.#forget(
      changed,
      [...changed].some((id) => !this.#rows.has(id)),
    );
    this.#finishShown(this.#options.outbox.commands);
  }

  /** Lets go of applied commands that the board shows, or that it will never show to this person. */
  #finishShown(commands: readonly PendingCommand[]): void {
    const done: CommandId[] = [];
    let waitsForBoard = false;
    for (const { id, envelope, applied } of commands) {
      // what has another home is finished where it is shown
      if (!applied || shownBy(envelope) !== 'tickets') continue;
      const isTicket = !envelope.type.startsWith('inbox.');
      const shown = (this.confirmed(envelope.target)?.version ?? 0) >= applied.version;
      const overdue = this.#options.now() - applied.at > SHOWN_WITHIN_MS;
      if (!isTicket || shown || (overdue && this.#options.isLive())) done.push(id);
      else waitsForBoard = true;
    }
    if (done.length > 0) this.#options.outbox.finish(done);
    if (!waitsForBoard || this.#expiry !== undefined) return;
    this.#expiry = setTimeout(() => {
      this.#expiry = undefined;
      this.#finishShown(this.#options.outbox.commands);
    }, SHOWN_WITHIN_MS);
  }

  #forget(ids: Iterable<RecordId>, membership = false): void {
    const changed = [...ids];
    for (const id of changed) this.#shown.delete(id);
    this.#all = null;
    if (membership) this.#ids = null;
    this.#log.add(changed);
    for (const id of changed) this.#grains.tell(id);
    if (membership) this.#lists.tell('ids');
  }
}

export interface TicketsOptions {
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onChange'>;
  /** Documents with rows: boards, and the inbox of a requester. */
  readonly boards: () => readonly Handle[];
  /** What stands in for the boards until they are read. */
  readonly first: FirstRows;
  readonly around: () => Surroundings;
  /** True while the boards are up to date. */
  readonly isLive: () => boolean;
  readonly now: () => number;
  readonly nextFrame?: NextFrame;
  /** Told which records left all boards: they are over, or for others to read. */
  readonly left?: (ids: ReadonlySet<RecordId>) => void;
  /** Told once a frame that rows have changed. */
  readonly advanced?: () => void;
}

/** A board shows an applied command within this time, unless this person may not see it there. */
const SHOWN_WITHIN_MS = 10_000;

const NONE: readonly PendingCommand[] = [];

/** `42` finds `INC-2026-00042`. */
function endsInNumber(number: string | null, digits: string): boolean {
  const last = number?.split(/\D/).at(-1);
  return last !== undefined && last !== '' && Number(last) === Number(digits);
}
