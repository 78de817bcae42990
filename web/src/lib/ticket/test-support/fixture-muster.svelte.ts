import { SvelteMap } from 'svelte/reactivity';
import { parseDraftId } from '@muster/documents';
import { recordId, type RecordId } from '@muster/domain/shared';
import type {
  AnnouncementRow,
  AttentionItem,
  Draft,
  InboxItem,
  Muster,
  PresentPerson,
  ScheduleRow,
} from '#lib/live/muster.ts';
import { Timeline } from '#lib/live/timeline.ts';
import * as Y from 'yjs';
import { FixtureTickets, type TicketOptions } from './fixture-tickets.svelte.ts';
import { NOW } from './tickets.ts';
import { ulidFrom } from './random.ts';

export interface FixtureOptions extends TicketOptions {
  readonly announcements?: readonly AnnouncementRow[];
  readonly schedules?: readonly ScheduleRow[];
}

/** The whole living state for component tests: what stands beside tickets is still, or under the hand of a test. */
export class FixtureMuster extends FixtureTickets implements Muster {
  readonly #rooms = new Map<RecordId, Y.Doc>();
  readonly #drafts = new SvelteMap<string, Draft>();
  #present = $state.raw<ReadonlyMap<RecordId, readonly PresentPerson[]>>(new Map());
  #inbox = $state.raw<readonly InboxItem[]>([]);
  #here: { record: RecordId | null; part: string | null } = { record: null, part: null };
  #made = 0;
  readonly #announcements: readonly AnnouncementRow[];
  readonly #schedules: readonly ScheduleRow[];

  constructor(options: FixtureOptions = {}) {
    super(options);
    this.#announcements = options.announcements ?? [];
    this.#schedules = options.schedules ?? [];
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
      write: (id, text) => {
        // as the document of drafts does, which keeps no other
        if (parseDraftId(id) === null) throw new Error(`no draft id: ${id}`);
        this.#drafts.set(id, { id, text, updatedAt: this.now });
      },
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
      itemsOf: (id) => this.#announcements.find((row) => row.id === id)?.items ?? [],
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

  openConfiguration(): ReturnType<Muster['openConfiguration']> {
    return Promise.reject(new Error('a fixture has no configuration'));
  }

  openProblems(): ReturnType<Muster['openProblems']> {
    return Promise.reject(new Error('no problems here'));
  }

  openKnownErrors(): ReturnType<Muster['openKnownErrors']> {
    return Promise.reject(new Error('no known errors here'));
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
      newId: () => ulidFrom('MADE', this.#made++),
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
    return new Timeline({ handle, me: this.me.person.id, now: () => this.now });
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

  putPresent(id: RecordId, people: readonly PresentPerson[]): void {
    this.#present = new Map(this.#present).set(id, people);
  }

  putInbox(items: readonly InboxItem[]): void {
    this.#inbox = items;
  }
}
