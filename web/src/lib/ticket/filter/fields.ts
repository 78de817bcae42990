import {
  CHANNELS,
  HOLD_REASONS,
  MAJOR_STATES,
  TICKET_KINDS,
  TICKET_PROCESSES,
  isRestricted,
  type PersonId,
  type ServiceId,
  type TeamId,
} from '@muster/domain/shared';
import { ageTest } from './ages.ts';
import type { FieldName } from './filter.ts';
import { CLOCK_WORDS, type FilterItems, type FilterRow, type FilterWorld, type RowTest } from './world.ts';

/**
 * The fields a filter can name. One entry says everything about a field: what it is for, which words
 * it takes, what a word means, and whether its answer changes as time goes by alone.
 */
export interface FieldSpec {
  readonly hint: string;
  /** Words offered when completing; other words may be understood too. */
  readonly words: (world: FilterWorld) => readonly string[];
  /** Offered instead, where what is read is another thing than the word that stands for it. */
  readonly options?: (world: FilterWorld) => FilterItems['options'];
  /** The test that a word stands for; null when the word means nothing here. */
  readonly test: (word: string, world: FilterWorld) => RowTest | null;
  /** What words stand for is not here now: one that has no test may mean something all the same. */
  readonly isAwaited?: (world: FilterWorld) => boolean;
  readonly timed?: true;
}

const AGES = ['<1h', '<8h', '<1d', '<7d', '>1d', '>7d', '>30d'];
const NONE = 'none';

export const FIELDS: Readonly<Record<FieldName, FieldSpec>> = {
  state: {
    hint: 'where the work stands: open, done or a state',
    words: (world) => ['open', 'done', ...world.states],
    test: (word, world) => {
      const wanted = word.toLowerCase().replace(/[\s-]/g, '_');
      if (wanted === 'open') return (row) => world.openStates.has(row.state);
      if (wanted === 'done') return (row) => !world.openStates.has(row.state);
      return world.states.includes(wanted) ? (row) => row.state === wanted : null;
    },
  },
  priority: { hint: '1 to 5, or a range: 1-2', ...numberField((row) => row.priority, 5) },
  impact: { hint: '1 to 3, or a range', ...numberField((row) => row.impact, 3) },
  urgency: { hint: '1 to 3, or a range', ...numberField((row) => row.urgency, 3) },
  owner: { hint: 'a person, me or none', ...personField((row) => [row.owner, ...row.coOwners]) },
  requester: { hint: 'a person or me', ...personField((row) => [row.requester]) },
  watcher: { hint: 'a person or me', ...personField((row) => row.watchers) },
  team: {
    hint: 'a team, mine or none',
    words: (world) => ['mine', NONE, ...[...world.directory.teams.values()].map((team) => team.name)],
    test: (word, world) => {
      if (word === NONE) return (row) => row.team === null;
      if (word === 'mine') return (row) => row.team !== null && world.myTeams.includes(row.team);
      const ids = idsNamed<TeamId>(world.directory.teams, word);
      return ids && ((row) => row.team !== null && ids.has(row.team));
    },
  },
  service: {
    hint: 'a service or none',
    words: (world) => [NONE, ...[...world.directory.services.values()].map((service) => service.name)],
    test: (word, world) => {
      if (word === NONE) return (row) => row.service === null;
      const ids = idsNamed<ServiceId>(world.directory.services, word);
      return ids && ((row) => row.service !== null && ids.has(row.service));
    },
  },
  item: {
    hint: 'an item or a service that it is about, or none',
    words: () => [NONE],
    options: ({ items }) => items.options,
    isAwaited: ({ items }) => items.isAwaited,
    test: (word, { items }) => {
      if (word === NONE) return (row) => row.items.length === 0;
      const ids = items.called(word);
      return (
        ids &&
        ((row) => (row.service !== null && ids.has(row.service)) || row.items.some((id) => ids.has(id)))
      );
    },
  },
  category: {
    hint: 'a category or none',
    words: (world) => [NONE, ...world.directory.categories],
    test: (word) => {
      const wanted = word.toLowerCase();
      return wanted === NONE
        ? (row) => row.category === null
        : (row) => row.category !== null && row.category.toLowerCase() === wanted;
    },
  },
  tag: {
    hint: 'a tag or none',
    words: () => [NONE, 'vip'],
    test: (word) => {
      const wanted = word.toLowerCase();
      return wanted === NONE
        ? (row) => row.tags.length === 0
        : (row) => row.tags.some((tag) => tag.toLowerCase() === wanted);
    },
  },
  kind: { hint: 'what it is about', ...choiceField(TICKET_KINDS, (row) => row.kind) },
  process: { hint: 'desk or incident', ...choiceField(TICKET_PROCESSES, (row) => row.process) },
  channel: { hint: 'how it came in', ...choiceField(CHANNELS, (row) => row.channel) },
  hold: {
    hint: 'what it waits for, or any',
    words: () => ['any', ...HOLD_REASONS],
    test: (word) =>
      word === 'any'
        ? (row) => row.holdReason !== null
        : (HOLD_REASONS as readonly string[]).includes(word)
          ? (row) => row.holdReason === word
          : null,
  },
  major: {
    hint: 'where it stands as a major incident, any or none',
    words: () => ['any', NONE, ...MAJOR_STATES],
    test: (word) => {
      if (word === 'any') return (row) => row.major !== null;
      if (word === NONE) return (row) => row.major === null;
      return MAJOR_STATES.some((state) => state === word) ? (row) => row.major?.state === word : null;
    },
  },
  severity: {
    hint: '1 to 5, or a range: 1-2',
    ...numberField((row) => row.major?.severity ?? Number.NaN, 5),
  },
  snooze: {
    hint: 'active, reached or none',
    words: () => ['active', 'reached', NONE],
    timed: true,
    test: (word) => {
      if (word === NONE) return (row) => row.snoozedUntil === null;
      if (word === 'active') return (row, { now }) => row.snoozedUntil !== null && row.snoozedUntil > now;
      if (word === 'reached') return (row, { now }) => row.snoozedUntil !== null && row.snoozedUntil <= now;
      return null;
    },
  },
  clock: {
    hint: 'service level: warning, breached, paused …',
    words: () => CLOCK_WORDS,
    timed: true,
    test: (word) =>
      (CLOCK_WORDS as readonly string[]).includes(word) ? (row, { clock }) => clock(row) === word : null,
  },
  reply: {
    hint: 'who had the last public word: requester, staff or none',
    words: () => ['requester', 'staff', NONE],
    test: (word) => {
      if (word === NONE) return (row) => row.lastReplyBy === null;
      return word === 'requester' || word === 'staff' ? (row) => row.lastReplyBy === word : null;
    },
  },
  is: {
    hint: 'unread, pending, vip, merged, reopened, escalated, restricted, overridden',
    words: () => ['unread', 'pending', 'vip', 'merged', 'reopened', 'escalated', 'restricted', 'overridden'],
    test: isTest,
  },
  created: { hint: 'how long ago: <1d, >7d', ...ageField((row) => row.createdAt) },
  updated: { hint: 'how long ago: <1h, >7d', ...ageField((row) => row.updatedAt) },
  resolved: { hint: 'how long ago: <7d', ...ageField((row) => row.resolvedAt) },
};

function isTest(word: string, world: FilterWorld): RowTest | null {
  switch (word) {
    case 'unread':
      return (row, { unread }) => unread(row.id);
    case 'pending':
      return (row) => row.pending > 0;
    case 'vip':
      return (row) => world.directory.people.get(row.requester)?.vip ?? false;
    case 'merged':
      return (row) => row.mergedInto !== null;
    case 'reopened':
      return (row) => row.reopenCount > 0;
    case 'escalated':
      return (row) => (row.escalation?.level ?? 0) > 0;
    case 'restricted':
      return isRestricted;
    case 'overridden':
      return (row) => row.priorityReason !== null;
    default:
      return null;
  }
}

function numberField(valueOf: (row: FilterRow) => number, highest: number): Omit<FieldSpec, 'hint'> {
  const all = Array.from({ length: highest }, (_, index) => String(index + 1));
  return {
    words: () => [...all, '1-2'],
    test: (word) => {
      const match = /^p?([1-9])(?:(?:-|\.\.)p?([1-9]))?$/i.exec(word);
      if (!match) return null;
      const low = Number(match[1]);
      const high = match[2] === undefined ? low : Number(match[2]);
      if (low > high || high > highest) return null;
      return (row) => valueOf(row) >= low && valueOf(row) <= high;
    },
  };
}

function personField(idsOf: (row: FilterRow) => readonly (PersonId | null)[]): Omit<FieldSpec, 'hint'> {
  return {
    words: (world) => ['me', NONE, ...[...world.directory.people.values()].map((person) => person.name)],
    test: (word, world) => {
      if (word === NONE) return (row) => idsOf(row).every((id) => id === null);
      if (word === 'me') return (row) => idsOf(row).includes(world.me);
      const ids = idsNamed<PersonId>(world.directory.people, word);
      return ids && ((row) => idsOf(row).some((id) => id !== null && ids.has(id)));
    },
  };
}

function choiceField(words: readonly string[], valueOf: (row: FilterRow) => string): Omit<FieldSpec, 'hint'> {
  return {
    words: () => words,
    test: (word) =>
      words.includes(word.toLowerCase()) ? (row) => valueOf(row) === word.toLowerCase() : null,
  };
}

function ageField(atOf: (row: FilterRow) => number | null): Omit<FieldSpec, 'hint'> {
  return {
    words: () => AGES,
    timed: true,
    test: (word) => {
      const test = ageTest(word);
      return test && ((row, { now }) => test(atOf(row), now));
    },
  };
}

/** Ids whose name (or e-mail address, or the id itself) is the word, in any case; null when there is none. */
function idsNamed<Id extends string>(
  things: ReadonlyMap<Id, { readonly id: Id; readonly name: string; readonly email?: string }>,
  word: string,
): ReadonlySet<Id> | null {
  const wanted = word.toLowerCase();
  const ids = new Set<Id>();
  for (const { id, name, email } of things.values()) {
    if (name.toLowerCase() === wanted || email?.toLowerCase() === wanted || id === word) ids.add(id);
  }
  return ids.size > 0 ? ids : null;
}
