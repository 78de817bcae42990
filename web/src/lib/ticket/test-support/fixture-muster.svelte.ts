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
import type {
  AnnouncementRow,
  AttentionItem,
  Draft,
  InboxItem,
  Muster,
  PresentPerson,
  ScheduleRow,
  SentCommand,
  TicketRow,
} from '#lib/live/muster.ts';
import { Timeline } from '#lib/live/timeline.ts';
import * as Y from 'yjs';
import { answered } from './answered.ts';
import { NOW, makeDirectory } from './tickets.ts';
import { ulidFrom } from './random.ts';

export interface FixtureOptions {
  readonly rows?: readonly TicketRow[];
  readonly me?: Person;
  readonly directory?: Directory;
  readonly announcements?: readonly AnnouncementRow[];
  readonly schedules?: readonly ScheduleRow[];
}

/**
 * The living state over plain data, for component tests: the real rules decide, nothing is sent.
 * While `online` is false the server's answers wait until `goOnline`.
 */
export class FixtureMuster implements Muster {
  readonly #rows = new Map<RecordId, TicketRow>();
  readonly #events = new Map<RecordId, Recorded<TicketEvent>[]>();
  /** One signal for each row that somebody reads; raised when the row changes. */
  readonly #touched = new SvelteMap<RecordId, number>();
  readonly #rooms = new Map<RecordId, Y.Doc>();
  readonly #drafts = new SvelteMap<string, Draft>();
  readonly #log: RecordId[] = [];
  readonly #answers: (() => void)[] = [];
  #ids = $state.raw<readonly RecordId[]>([]);
  #revision = $state(0);
  #openings = $state(0);
  #now = $state(NOW);
  #present = $state.raw<ReadonlyMap<RecordId, readonly PresentPerson[]>>(new Map());
  #inbox = $state.raw<readonly InboxItem[]>([]);
  #seq = 0;
  readonly #undo = new Map<string, { process: TicketProcess; target: RecordId; act: TicketAct }[]>();
  #here: { record: RecordId | null; part: string | null } = { record: null, part: null };
  online = true;
  readonly sent: { process: TicketProcess; target: RecordId; act: TicketAct }[] = [];
  readonly #directory: Directory;
  readonly #announcements: readonly AnnouncementRow[];
  readonly #schedules: readonly ScheduleRow[];
  readonly #person: Person;

  constructor(options: FixtureOptions = {}) {
    this.#directory = options.directory ?? makeDirectory();
    const [first] = this.#directory.people.values();
    const person = options.me ?? first;
    if (!person) throw new Error('the directory is empty');
    this.#person = person;
    this.#announcements = options.announcements ?? [];
    this.#schedules = options.schedules ?? [];
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

  readonly attention: Muster['attention'] = {
    items: [] as AttentionItem[],
    again: () => null,
    dismiss: () => undefined,
  };

  readonly saving: Muster['saving'] = {
    state: 'saved',
    connection: 'live',
    offlineSince: null,
    lastSyncedAt: NOW,
    waiting: 0,
    problem: null,
    deviceProblem: null,
    mayBeCleared: false,
    retry: () => undefined,
    unsaved: () => ({ acts: [], words: [] }),
  };

  get presence(): Muster['presence'] {
    return {
      on: (record) => this.#present.get(record) ?? [],
      everyone: [...this.#present.values()].flat(),
      at: (record, part = null) => {
        this.#here = { record, part };
      },
    };
  }

  get drafts(): Muster['drafts'] {
    return {
      get: (id) => this.#drafts.get(id) ?? { id, text: '', updatedAt: 0 },
      write: (id, text) => this.#drafts.set(id, { id, text, updatedAt: this.#now }),
      clear: (id) => this.#drafts.delete(id),
      all: [...this.#drafts.values()]
        .filter(({ text }) => text !== '')
        .sort((a, b) => b.updatedAt - a.updatedAt),
    };
  }

  get restoration(): Muster['restoration'] {
    return null;
  }

  get announcements(): Muster['announcements'] {
    const sent = (target: RecordId) => ({
      id: target,
      target,
      kept: Promise.resolve('kept' as const),
      settled: new Promise<never>(() => undefined),
    });
    return {
      all: this.#announcements,
      mine: this.#announcements,
      read: new Set(),
      create: () => sent('a1' as RecordId),
      basisOf: (id) => this.#announcements.find((row) => row.id === id)?.version ?? 0,
      run: sent,
      refresh: () => Promise.resolve(),
    };
  }

  /** Nothing on these screens looks at changes. */
  openChanges(): ReturnType<Muster['openChanges']> {
    return Promise.reject(new Error('no changes here'));
  }

  openMeetings(): ReturnType<Muster['openMeetings']> {
    return Promise.reject(new Error('no meetings here'));
  }

  openReleases(): ReturnType<Muster['openReleases']> {
    return Promise.reject(new Error('no releases here'));
  }

  openSchedules(): ReturnType<Muster['openSchedules']> {
    const sent = (target: string) => ({
      id: target,
      target: recordId(target),
      kept: Promise.resolve('kept' as const),
      settled: new Promise<never>(() => undefined),
    });
    return Promise.resolve({
      loaded: true,
      all: this.#schedules,
      newId: () => ulidFrom('MADE', this.#seq++),
      create: () => sent('s1'),
      basisOf: (id) => this.#schedules.find((row) => row.id === id)?.version ?? 0,
      run: sent,
    });
  }

  get inbox(): Muster['inbox'] {
    const items = this.#inbox;
    return {
      items,
      unread: items.filter((item) => !item.read).length,
      markRead: (ids) => {
        this.#inbox = items.map((item) => (ids.includes(item.id) ? { ...item, read: true } : item));
      },
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

  /** Whether what is written together has come to this device. */
  roomsAreHere = false;

  openRoom(id?: RecordId, root: string = 'description') {
    return {
      loaded: this.roomsAreHere,
      fragment: this.roomsAreHere && id !== undefined ? this.roomOf(id).getXmlFragment(root) : null,
      awareness: null,
      state: 'saved' as const,
      content: () => [],
      close: () => undefined,
    };
  }

  /** The room of a record on this page alone. */
  openTimeline(id: RecordId) {
    const doc = this.roomOf(id);
    const handle = {
      current: { doc, loaded: true, state: 'saved' as const, link: null },
      onChange: () => () => undefined,
      release: () => undefined,
    };
    return new Timeline({ handle, me: this.#person.id, now: () => this.#now });
  }

  /** What a record's room holds, for a test that writes as somebody else. */
  roomOf(id: RecordId): Y.Doc {
    const doc = this.#rooms.get(id) ?? new Y.Doc();
    this.#rooms.set(id, doc);
    return doc;
  }

  /** Where this person last said to be. */
  get here() {
    return this.#here;
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

  putPresent(id: RecordId, people: readonly PresentPerson[]): void {
    this.#present = new Map(this.#present).set(id, people);
  }

  putInbox(items: readonly InboxItem[]): void {
    this.#inbox = items;
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
