import type { PersonId, RecordId } from '@muster/domain/shared';
import type { Awareness } from 'y-protocols/awareness';
import type { Handle } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { Presence, PresentPerson } from './muster.ts';
import { readPresence } from './presence-state.ts';
import type { PresenceState } from './presence-state.ts';

/**
 * Who is where, over the awareness of the boards. This tab says where its person is on the board that shows the
 * record; who somebody is, the server says. A person with several tabs counts once, where they do most.
 * A record with named readers stands on boards of single people: there they meet in its journal, which they all hold.
 */
export class LivePresence implements Presence {
  readonly #options: LivePresenceOptions;
  readonly #grains = new Grains<RecordId | typeof EVERYONE>();
  readonly #followed = new Map<Handle, Followed>();
  readonly #off: () => void;
  #here: { readonly record: RecordId | null; readonly part: string | null } = { record: null, part: null };
  #people: ReadonlyMap<PersonId, Located> | null = null;
  #shown: ReadonlyMap<RecordId, string> = new Map();
  /** The journal of the record with named readers that I am at. */
  #journal: { readonly record: RecordId; readonly handle: Handle } | null = null;
  #boards: readonly Handle[] = [];

  constructor(options: LivePresenceOptions) {
    this.#options = options;
    this.#off = options.onVisibility(() => this.#say());
  }

  on(record: RecordId): readonly PresentPerson[] {
    this.#grains.read(record);
    return this.#all().flatMap(({ person, records }) => {
      const there = records.get(record);
      return there ? [{ ...person, ...there }] : [];
    });
  }

  get everyone(): readonly PresentPerson[] {
    this.#grains.read(EVERYONE);
    return this.#all().map(({ person }) => person);
  }

  at(record: RecordId | null, part: string | null = null): void {
    if (this.#here.record === record && this.#here.part === part) return;
    this.#here = { record, part };
    this.look();
  }

  /** The record that I am at may have gone to another board, or to other readers. */
  look(): void {
    const { record } = this.#here;
    const wanted = record !== null && this.#options.namesReaders(record) ? record : null;
    if (wanted !== (this.#journal?.record ?? null)) {
      this.#journal?.handle.release();
      this.#journal = wanted === null ? null : { record: wanted, handle: this.#options.openJournal(wanted) };
      this.#followAll();
    }
    if (record !== null) this.#say();
  }

  follow(boards: readonly Handle[]): void {
    this.#boards = boards;
    this.#followAll();
  }

  #followAll(): void {
    const boards = this.#journal === null ? this.#boards : [...this.#boards, this.#journal.handle];
    const wanted = new Set(boards);
    for (const [handle, followed] of this.#followed) {
      if (wanted.has(handle)) continue;
      followed.stop();
      this.#followed.delete(handle);
    }
    for (const handle of boards) {
      if (this.#followed.has(handle)) continue;
      const followed: Followed = { awareness: null, stop: () => undefined };
      const stop = handle.onChange(() => this.#place(handle, followed));
      followed.stop = () => {
        stop();
        followed.awareness?.off('change', this.#changed);
        followed.awareness?.setLocalState(null);
      };
      this.#followed.set(handle, followed);
      this.#place(handle, followed);
    }
    this.#changed();
  }

  close(): void {
    this.#off();
    for (const followed of this.#followed.values()) followed.stop();
    this.#followed.clear();
    this.#journal?.handle.release();
    this.#journal = null;
  }

  #place(handle: Handle, followed: Followed): void {
    const awareness = handle.current?.link?.awareness ?? null;
    if (awareness === followed.awareness) return;
    followed.awareness?.off('change', this.#changed);
    followed.awareness = awareness;
    awareness?.on('change', this.#changed);
    this.#say();
    this.#changed();
  }

  /** Says where this tab is: on the board that shows the record; on the others only that it is there. */
  #say(): void {
    const { record, part } = this.#here;
    const home = this.#journal?.handle ?? (record ? this.#options.homeOf(record) : undefined);
    const idle = this.#options.isHidden();
    for (const [handle, { awareness }] of this.#followed) {
      if (!awareness) continue;
      const state: PresenceState =
        handle === home ? { record, part, idle } : { record: null, part: null, idle };
      const before = awareness.getLocalState()?.['at'];
      if (JSON.stringify(before) !== JSON.stringify(state)) awareness.setLocalState({ at: state });
    }
  }

  #all(): readonly Located[] {
    this.#people ??= this.#gather();
    return [...this.#people.values()];
  }

  #gather(): ReadonlyMap<PersonId, Located> {
    const people = new Map<PersonId, Located>();
    for (const { awareness } of this.#followed.values()) {
      for (const [client, state] of awareness?.getStates() ?? []) {
        const seen = client === awareness?.clientID ? null : readPresence(state);
        if (!seen || seen.person === this.#options.me) continue;
        const there = { state: stateOf(seen), part: seen.idle ? null : seen.part };
        const { person, name, colour } = seen;
        const known = people.get(person) ?? {
          person: { person, name, colour, ...there },
          records: new Map(),
        };
        if (rank(there.state) > rank(known.person.state)) known.person = { ...known.person, ...there };
        const before = seen.record ? known.records.get(seen.record) : undefined;
        if (seen.record && (!before || rank(there.state) > rank(before.state)))
          known.records.set(seen.record, there);
        people.set(person, known);
      }
    }
    return people;
  }

  /** Tells the readers of the records whose faces differ, and no others. */
  readonly #changed = (): void => {
    this.#people = null;
    const next = new Map<RecordId, string>();
    for (const { person, records } of this.#all()) {
      for (const [record, there] of records) {
        next.set(record, `${next.get(record) ?? ''}|${person.person} ${there.state} ${there.part ?? ''}`);
      }
    }
    const before = this.#shown;
    this.#shown = next;
    for (const record of new Set([...before.keys(), ...next.keys()])) {
      if (before.get(record) !== next.get(record)) this.#grains.tell(record);
    }
    this.#grains.tell(EVERYONE);
  };
}

export interface LivePresenceOptions {
  readonly me: PersonId;
  readonly homeOf: (record: RecordId) => Handle | undefined;
  readonly namesReaders: (record: RecordId) => boolean;
  /** The caller lets go of it. */
  readonly openJournal: (record: RecordId) => Handle;
  readonly isHidden: () => boolean;
  readonly onVisibility: (listener: () => void) => () => void;
}

const EVERYONE = Symbol('everyone');

type There = Pick<PresentPerson, 'state' | 'part'>;

interface Located {
  person: PresentPerson;
  readonly records: Map<RecordId, There>;
}

interface Followed {
  awareness: Awareness | null;
  stop: () => void;
}

function stateOf({ idle, part }: PresenceState): PresentPerson['state'] {
  if (idle) return 'idle';
  return part === null ? 'viewing' : 'editing';
}

function rank(state: PresentPerson['state']): number {
  return ['idle', 'viewing', 'editing'].indexOf(state);
}
