import { untrack } from 'svelte';
import type { RecordId, TicketProcess } from '@muster/domain/shared';
import type { Muster, TicketRow } from '#lib/live/muster.ts';
import { NamedItems } from '#lib/shell/named-items.svelte.ts';
import { RowClocks } from '../clock/row-clocks.ts';
import { compileFilter, parseFilter, type FilterMoment, type FilterProblem } from '../filter/index.ts';
import { filterWorldOf, TICKET_STATES } from '../ticket-world.ts';
import { stateName } from '../wording/states.ts';
import type { QueueAddress } from './address.ts';
import { groupReader, layOut, type ListItem } from './grouping.ts';
import { sortRows } from './sorting.ts';
import { StableList, type ListRules, type ListSnapshot } from './stable-list.ts';
import { ViewCounts } from './view-counts.ts';
import type { QueueView } from './views.ts';

/** How often what depends on time alone (clocks, snoozes, ages) is looked at again. */
const TICK_MS = 30_000;

/** More lines than a large screen shows. */
const FIRST_LINES = 60;

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

export interface QueueInputs {
  readonly address: () => QueueAddress;
  /** Only records of this process; null for all. */
  readonly scope: () => TicketProcess | null;
  readonly views: () => readonly QueueView[];
}

/**
 * What a queue screen shows: rows that fit the address in an order that stays, what waits behind the
 * pill, and the count of every view. The rows themselves are read one by one from `tickets.get`,
 * so a change within a row never runs the list again.
 */
export class QueueModel {
  readonly #muster: Muster;
  readonly #inputs: QueueInputs;
  readonly #clocks: RowClocks;
  readonly #named: NamedItems;
  /** One for all rows: it is looked at a hundred thousand times when a queue of twenty thousand opens. */
  readonly #moment: FilterMoment;
  /** Raised to sort anew and take the arrivals in. */
  #refreshes = $state(0);
  #settlings = $state(0);
  #collapsed = $state.raw<ReadonlySet<string>>(new Set());

  readonly #tick = $derived.by(() => Math.floor(this.#muster.now / TICK_MS));
  readonly #world = $derived.by(() => filterWorldOf(this.#muster, this.#named));
  /** Records with something unread about them. */
  readonly #unread: ReadonlySet<RecordId> = $derived.by(() => {
    const unread = this.#muster.inbox.items.filter((item) => !item.read);
    return new Set(unread.flatMap(({ record }) => (record === null ? [] : [record])));
  });
  /** What is listed, in words that tell it from other lists. */
  readonly #name = $derived.by(() => JSON.stringify([this.#inputs.scope(), this.#inputs.address()]));
  readonly #compiled = $derived.by(() => {
    const { filter, problems } = parseFilter(this.#inputs.address().query);
    const compiled = compileFilter(filter, this.#world);
    return { ...compiled, problems: [...problems, ...compiled.problems] };
  });
  readonly #list = $derived.by(() => this.#openList());
  readonly #snapshot = $derived.by(() => this.#followList());
  readonly #items = $derived.by(() =>
    layOut(this.#snapshot.places, this.#inputs.address().group, this.#collapsed, {
      directory: this.#world.directory,
      states: TICKET_STATES,
      stateName,
    }),
  );
  readonly #counter = $derived.by(() => this.#openCounts());
  readonly #counts = $derived.by(() => this.#followCounts());

  constructor(muster: Muster, inputs: QueueInputs) {
    this.#muster = muster;
    this.#inputs = inputs;
    this.#named = new NamedItems(muster);
    this.#clocks = new RowClocks(() => muster.directory.current);
    const now = () => this.#now();
    this.#moment = {
      get now() {
        return now();
      },
      clock: (row) => this.#clocks.read(row, now()).state,
      unread: (id) => this.#unread.has(id),
    };
  }

  /** Lines to draw: group heads and rows. */
  get items(): readonly ListItem[] {
    return this.#items;
  }

  /** Lets the next start show this list at once; called when `items` changed. */
  seeFirst(): void {
    const { tickets } = this.#muster;
    if (!tickets.loaded) return;
    const rows = this.#items.slice(0, FIRST_LINES).flatMap((item) => (item.kind === 'row' ? item.id : []));
    tickets.seeFirst(this.#name, rows);
  }

  /**
   * Fetches the configuration where an item is asked for, or one is being looked for; called when `address` changed,
   * and with the network, without which it may not be on this device.
   */
  nameItems(): void {
    void this.#muster.saving.connection;
    const asks = [this.#inputs.address(), ...this.#inputs.views()];
    if (asks.some(({ query }) => /(^|\s)-?item:/i.test(query))) untrack(() => this.#named.ask());
  }

  get snapshot(): ListSnapshot {
    return this.#snapshot;
  }

  get problems(): readonly FilterProblem[] {
    return this.#compiled.problems;
  }

  /** Rows of each view by its id. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  get world() {
    return this.#world;
  }

  /** Every row that matches now, shown or waiting: what "select all matching" means. */
  get matching() {
    void this.#snapshot;
    return this.#list.rows.matching;
  }

  isUnread(id: RecordId): boolean {
    return this.#unread.has(id);
  }

  clockOf(row: TicketRow) {
    return this.#clocks.read(row, this.#tick * TICK_MS);
  }

  refresh(): void {
    this.#refreshes += 1;
  }

  /** Lets faded rows go that stand outside the visible lines; returns by how many lines those moved up. */
  settle(firstLine: number, lastLine: number): number {
    if (this.#snapshot.leaving.size === 0) return 0;
    const visible = this.#items.slice(firstLine, lastLine + 1).filter((item) => item.kind === 'row');
    const anchor = visible.find(({ id }) => !this.#snapshot.leaving.has(id)) ?? visible[0];
    const lineOf = () => this.#items.findIndex((item) => item.kind === 'row' && item.id === anchor?.id);
    const before = lineOf();
    this.#list.rows.settle(new Set(visible.map(({ id }) => id)));
    this.#settlings += 1;
    return before - lineOf();
  }

  toggleGroup(key: string): void {
    const collapsed = new Set(this.#collapsed);
    if (!collapsed.delete(key)) collapsed.add(key);
    this.#collapsed = collapsed;
  }

  #now(): number {
    return untrack(() => this.#muster.now);
  }

  #rules(): ListRules<TicketRow> {
    const { sorting, group } = this.#inputs.address();
    const scope = this.#inputs.scope();
    const { matches } = this.#compiled;
    const { directory } = this.#world;
    return {
      matches: (row) => (scope === null || row.process === scope) && matches(row, this.#moment),
      sort: (rows) => {
        const now = this.#now();
        const dueAt = (row: TicketRow) => this.#clocks.read(row, now).dueAt;
        return sortRows(rows, sorting, { directory, states: TICKET_STATES, dueAt });
      },
      groupOf: groupReader(group),
    };
  }

  /** All rows; until they are read, those that stood first at the last visit. */
  #rows(): readonly TicketRow[] {
    const { tickets } = this.#muster;
    return tickets.loaded ? tickets.all() : tickets.firstOf(this.#name);
  }

  /** A list for this address. It is opened again when the address changes, a board opens or a refresh is asked for. */
  #openList() {
    void this.#refreshes;
    void this.#muster.tickets.loaded;
    void this.#muster.tickets.openings;
    const rules = this.#rules();
    return untrack(() => ({
      rows: new StableList(rules, this.#rows()),
      seen: this.#muster.tickets.revision,
      tick: this.#tick,
      unread: this.#unread,
    }));
  }

  #followList(): ListSnapshot {
    const list = this.#list;
    const { tickets } = this.#muster;
    const { revision, loaded } = tickets;
    const tick = this.#tick;
    const unread = this.#unread;
    void this.#settlings;
    return untrack(() => {
      const timePassed = tick !== list.tick && this.#compiled.timed;
      const changed = timePassed ? null : tickets.changedSince(list.seen);
      const followed =
        changed === null ? this.#everyId(list.rows.snapshot) : [...changed, ...list.unread, ...unread];
      if (!loaded || list.rows.snapshot.places.length === 0) list.rows.refresh(this.#rows());
      else list.rows.follow(followed, (id) => tickets.get(id));
      Object.assign(list, { seen: revision, tick, unread });
      return list.rows.snapshot;
    });
  }

  /** All rows there are and all that are shown, for when it is not known what changed. */
  #everyId(snapshot: ListSnapshot) {
    return new Set([...this.#muster.tickets.ids, ...snapshot.places.map(({ id }) => id)]);
  }

  #openCounts() {
    const scope = this.#inputs.scope();
    const world = this.#world;
    const tests = new Map<string, (row: TicketRow) => boolean>();
    const timed = new Set<string>();
    for (const view of this.#inputs.views()) {
      const compiled = compileFilter(parseFilter(view.query).filter, world);
      tests.set(
        view.id,
        (row) => (scope === null || row.process === scope) && compiled.matches(row, this.#moment),
      );
      if (compiled.timed) timed.add(view.id);
    }
    return untrack(() => ({
      counts: new ViewCounts(tests, this.#muster.tickets.all()),
      timed,
      seen: this.#muster.tickets.revision,
      tick: this.#tick,
    }));
  }

  #followCounts(): ReadonlyMap<string, number> {
    const counter = this.#counter;
    const { tickets } = this.#muster;
    const { revision, loaded } = tickets;
    const tick = this.#tick;
    if (!loaded) return NO_COUNTS;
    return untrack(() => {
      const changed = tickets.changedSince(counter.seen);
      if (changed === null) counter.counts.recount(tickets.all());
      else counter.counts.follow(changed, (id) => tickets.get(id));
      if (tick !== counter.tick) counter.counts.recount(tickets.all(), counter.timed);
      counter.seen = revision;
      counter.tick = tick;
      return counter.counts.counts;
    });
  }
}
