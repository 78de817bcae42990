import { SvelteMap } from 'svelte/reactivity';
import { deciderOf } from '@muster/domain';
import {
  commandId,
  permissionsOf,
  recordId,
  tokenOf,
  undoOf,
  type Directory,
  type Outcome,
  type Person,
  type PersonId,
  type RecordId,
  type Recorded,
  type TicketAct,
  type TicketEvent,
  type TicketProcess,
} from '@muster/domain/shared';
import type { Muster, SentCommand, TicketRow } from '#lib/live/muster.ts';
import { answered } from './answered.ts';
import { NOW, makeDirectory } from './tickets.ts';
import { ulidFrom } from './random.ts';

export interface TicketOptions {
  readonly rows?: readonly TicketRow[];
  readonly me?: Person;
  readonly directory?: Directory;
}

/**
 * Tickets of the living state over plain data, and who acts on them: the real rules decide, nothing is sent.
 * While `online` is false the server's answers wait until `goOnline`.
 */
export class FixtureTickets {
  readonly #rows = new Map<RecordId, TicketRow>();
  readonly #events = new Map<RecordId, Recorded<TicketEvent>[]>();
  /** One signal for each row that somebody reads; raised when the row changes. */
  readonly #touched = new SvelteMap<RecordId, number>();
  readonly #log: RecordId[] = [];
  readonly #answers: (() => void)[] = [];
  readonly #undo = new Map<string, { process: TicketProcess; target: RecordId; act: TicketAct }[]>();
  #ids = $state.raw<readonly RecordId[]>([]);
  #revision = $state(0);
  #openings = $state(0);
  #now = $state(NOW);
  #seq = 0;
  online = true;
  readonly sent: { process: TicketProcess; target: RecordId; act: TicketAct }[] = [];
  readonly #directory: Directory;
  readonly #person: Person;

  constructor(options: TicketOptions = {}) {
    this.#directory = options.directory ?? makeDirectory();
    const [first] = this.#directory.people.values();
    const person = options.me ?? first;
    if (!person) throw new Error('the directory is empty');
    this.#person = person;
    for (const row of options.rows ?? []) this.#rows.set(row.id, row);
    this.#ids = [...this.#rows.keys()];
  }

  get me() {
    const person = this.#person;
    const permissions = permissionsOf(person.roles);
    return {
      person,
      permissions,
      can: (permission: Parameters<Muster['me']['can']>[0]) => permissions.has(permission),
    };
  }

  get now(): number {
    return this.#now;
  }

  readonly tickets: Muster['tickets'] = this.#openTickets();

  get directory(): Muster['directory'] {
    return {
      current: this.#directory,
      personName: (id) => this.#directory.people.get(id)?.name ?? 'Somebody',
    };
  }

  get commands(): Muster['commands'] {
    return {
      run: (process, target, act) => this.#run(process, target, act),
      create: (process, act) => this.#run(process, recordId(ulidFrom('MADE', this.#rows.size)), act),
      undoOf: (id) => this.#undo.get(id) ?? null,
    };
  }

  openHistory(id: RecordId) {
    const touch = () => this.#touched.get(id);
    const read = () => this.#events.get(id) ?? [];
    return {
      loaded: true,
      get events() {
        touch();
        return [...read()];
      },
      close: () => undefined,
    };
  }

  /** Puts a row as if the server had sent it. */
  put(row: TicketRow): void {
    const known = this.#rows.has(row.id);
    this.#rows.set(row.id, row);
    if (!known) this.#ids = [...this.#ids, row.id];
    this.#touch(row.id);
  }

  /** A board that was not there yet comes with its rows. */
  openBoard(rows: readonly TicketRow[]): void {
    for (const row of rows) this.put(row);
    this.#openings += 1;
  }

  /** Takes a row off every board, as when access to it is lost. */
  takeAway(id: RecordId): void {
    this.#rows.delete(id);
    this.#ids = [...this.#rows.keys()];
    this.#touch(id);
  }

  putEvents(id: RecordId, events: readonly Recorded<TicketEvent>[]): void {
    this.#events.set(id, [...events]);
    this.#touch(id);
  }

  passTime(ms: number): void {
    this.#now += ms;
  }

  goOnline(): void {
    this.online = true;
    for (const answer of this.#answers.splice(0)) answer();
  }

  /** Each getter subscribes to what it names, as the living one does. */
  #openTickets(): Muster['tickets'] {
    const ids = () => this.#ids;
    const revision = () => this.#revision;
    const openings = () => this.#openings;
    return {
      get: (id) => (this.#touched.get(id), this.#rows.get(id)),
      get ids() {
        return ids();
      },
      get revision() {
        return revision();
      },
      all: () => [...this.#rows.values()],
      changedSince: (seen) => new Set(this.#log.slice(seen)),
      nonconforming: 0,
      loaded: true,
      get openings() {
        return openings();
      },
      firstOf: () => [],
      seeFirst: () => undefined,
      find: (reference) =>
        [...this.#rows.values()].find((row) => row.number === reference || row.token === reference)?.id,
    };
  }

  #touch(id: RecordId): void {
    this.#log.push(id);
    this.#revision = this.#log.length;
    this.#touched.set(id, this.#log.length);
  }

  #run(process: TicketProcess, target: RecordId, act: TicketAct): SentCommand {
    this.sent.push({ process, target, act });
    const decider = deciderOf(process);
    const before = this.#rows.get(target) ?? null;
    const command = { process, ...act };
    const result = decider.decide(before, command, {
      actor: {
        id: this.#person.id,
        name: this.#person.name,
        permissions: this.me.permissions,
        teams: this.#person.teams,
      },
      now: this.#now,
      clientAt: this.#now,
      target,
      since: [],
      number: null,
      directory: this.#directory,
      related: new Map(
        decider.relatedTo(command).flatMap((id) => (this.#rows.has(id) ? [[id, this.#row(id)]] : [])),
      ),
    });
    const id = commandId(ulidFrom('CMND', this.sent.length));
    if (!result.ok) return answered(id, target, { outcome: 'refused', refusal: result.refusal });
    for (const event of result.value.events) this.#record(process, target, event, this.#person.id);
    const after = this.#row(target);
    const back = undoOf(act, before, after);
    if (back)
      this.#undo.set(
        id,
        back.map((undo) => ({ process, target, act: undo })),
      );
    const { version } = after;
    return this.#settle(id, target, { outcome: 'applied', version });
  }

  #settle(id: string, target: RecordId, outcome: Outcome): SentCommand {
    if (this.online) return answered(id, target, outcome);
    this.#pend(target, 1);
    const settled = new Promise<Outcome>((resolve) => {
      this.#answers.push(() => {
        this.#pend(target, -1);
        resolve(outcome);
      });
    });
    return { id, target, kept: Promise.resolve('kept'), settled };
  }

  #pend(id: RecordId, by: number): void {
    const row = this.#row(id);
    this.#rows.set(id, { ...row, pending: row.pending + by });
    this.#touch(id);
  }

  #record(process: TicketProcess, target: RecordId, event: TicketEvent, actor: PersonId): void {
    this.#seq += 1;
    const before = this.#rows.get(target) ?? null;
    const version = (before?.version ?? 0) + 1;
    const seq = this.online ? this.#seq : 0;
    const recorded = { seq, version, event, actor, at: this.#now, clientAt: this.#now };
    const ticket = deciderOf(process).evolve(before, recorded, target);
    this.#events.set(target, [...(this.#events.get(target) ?? []), recorded]);
    this.put({ ...ticket, token: tokenOf(process, target), pending: before?.pending ?? 0 });
  }

  #row(id: RecordId): TicketRow {
    const row = this.#rows.get(id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  }
}
