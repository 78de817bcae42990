import { DEFAULT_MATRIX, PERMISSIONS, personId, recordId, teamId } from '@muster/domain/shared';
import type { Permission, Person, RecordId, TicketAct } from '@muster/domain/shared';
import type { AttentionItem, InboxItem, Muster, Saving, SentCommand, TicketRow } from '#lib/live/muster.ts';

export const ME = personId('01JD0000000000000000000ME0');
export const MARA = personId('01JD0000000000000000000MA0');
const TEAM = teamId('01JD0000000000000000000TM0');

/** A living state that stands still: screens of the shell are shown over it without documents or a network. */
export class StillMuster {
  rows = $state.raw<readonly TicketRow[]>([]);
  attentionItems = $state.raw<readonly AttentionItem[]>([]);
  inboxItems = $state.raw<readonly InboxItem[]>([]);
  saving = $state<{ -readonly [Key in keyof Omit<Saving, 'retry'>]: Saving[Key] }>({
    state: 'saved',
    connection: 'live',
    offlineSince: null,
    lastSyncedAt: null,
    waiting: 0,
    problem: null,
  });
  permissions: ReadonlySet<Permission> = new Set(PERMISSIONS);
  /** What screens asked for, in order. */
  readonly ran: { readonly target: RecordId; readonly act: TicketAct }[] = [];
  readonly againAsked: string[] = [];
  retries = 0;

  readonly muster: Muster = this.#build();

  #build(): Muster {
    const me = personOf(ME, 'Ada Ferris');
    const mara = personOf(MARA, 'Mara Lind');
    const people = new Map([me, mara].map((person) => [person.id, person]));
    const it = this;
    return {
      me: { person: me, permissions: this.permissions, can: (permission) => it.permissions.has(permission) },
      tickets: {
        get: (id) => it.rows.find((row) => row.id === id),
        get ids() {
          return it.rows.map((row) => row.id);
        },
        get revision() {
          return it.rows.length;
        },
        all: () => it.rows,
        changedSince: () => null,
        nonconforming: 0,
        loaded: true,
        find: (reference) =>
          it.rows.find((row) => row.number?.endsWith(reference) || row.token === reference)?.id,
      },
      directory: {
        current: {
          people,
          teams: new Map([[TEAM, { id: TEAM, name: 'Network', members: [ME, MARA], lead: MARA }]]),
          services: new Map(),
          categories: [],
          matrix: DEFAULT_MATRIX,
          calendars: new Map(),
          agreements: [],
        },
        personName: (id) => people.get(id)?.name ?? 'Somebody',
      },
      commands: {
        run: (_process, target, act) => {
          it.ran.push({ target, act });
          return sent(target);
        },
        create: () => sent(recordId('01JD0000000000000000000NEW')),
        undoOf: () => null,
      },
      attention: {
        get items() {
          return it.attentionItems;
        },
        again: (id) => {
          it.againAsked.push(id);
          it.attentionItems = it.attentionItems.filter((item) => item.id !== id);
          return sent(recordId('01JD0000000000000000000AGN'));
        },
        dismiss: (id) => {
          it.attentionItems = it.attentionItems.filter((item) => item.id !== id);
        },
      },
      get saving() {
        return { ...it.saving, retry: () => void (it.retries += 1) };
      },
      presence: {
        on: () => [],
        everyone: [
          { person: MARA, name: 'Mara Lind', colour: '#227755', state: 'editing', part: 'description' },
          {
            person: personId('01JD0000000000000000000JO0'),
            name: 'Jon Okafor',
            colour: '#227755',
            state: 'viewing',
            part: null,
          },
          {
            person: personId('01JD0000000000000000000TA0'),
            name: 'Tess Adler',
            colour: '#227755',
            state: 'idle',
            part: null,
          },
        ],
        at: () => undefined,
      },
      drafts: {
        get: (id) => ({ id, text: '', updatedAt: 0 }),
        write: () => undefined,
        clear: () => undefined,
        all: [],
      },
      inbox: {
        get items() {
          return it.inboxItems;
        },
        get unread() {
          return it.inboxItems.filter((item) => !item.read).length;
        },
        markRead: (ids) => {
          it.inboxItems = it.inboxItems.map((item) =>
            ids.includes(item.id) ? { ...item, read: true } : item,
          );
        },
      },
      now: Date.now(),
      openHistory: () => ({ loaded: true, events: [], close: () => undefined }),
      openRoom: () => ({
        loaded: false,
        fragment: null,
        awareness: null,
        state: 'saved',
        close: () => undefined,
      }),
    };
  }
}

/** A row with a title; everything else as a new incident has it. */
export function rowOf(suffix: string, title: string, more: Partial<TicketRow> = {}): TicketRow {
  const at = Date.now();
  return {
    id: recordId(`01JD000000000000000000${suffix.padStart(4, '0')}`),
    process: 'incident',
    number: `INC-2026-0${suffix.padStart(4, '0')}`,
    token: `INC-~${suffix.padStart(4, '0')}`,
    version: 1,
    kind: 'incident',
    title,
    state: 'new',
    holdReason: null,
    impact: 2,
    urgency: 2,
    priority: 3,
    matrixVersion: 1,
    priorityReason: null,
    requester: MARA,
    team: TEAM,
    owner: null,
    coOwners: [],
    service: null,
    category: null,
    channel: 'phone',
    tags: [],
    links: [],
    watchers: [],
    mergedInto: null,
    snoozedUntil: null,
    snoozedBy: null,
    resolution: null,
    createdAt: at,
    updatedAt: at,
    resolvedAt: null,
    closedAt: null,
    firstResponseAt: null,
    lastReplyAt: null,
    lastReplyBy: null,
    reopenCount: 0,
    clock: [at],
    restrictedTo: null,
    pending: 0,
    ...more,
  };
}

function personOf(id: Person['id'], name: string): Person {
  const email = `${name.toLowerCase().replace(' ', '.')}@example.org`;
  return { id, name, email, roles: ['agent'], teams: [TEAM], active: true, vip: false };
}

function sent(target: RecordId): SentCommand {
  return { id: 'sent', target, kept: Promise.resolve('kept'), settled: new Promise(() => undefined) };
}
