import {
  DEFAULT_MAJOR_RULES,
  DEFAULT_MATRIX,
  ROLES,
  RUNBOOK_PHASES,
  TICKET_PROCESSES,
} from '@muster/domain/shared';
import type {
  Agreement,
  BusinessCalendar,
  Chain,
  Directory,
  MajorRule,
  Person,
  PersonId,
  Priority,
  PriorityMatrix,
  Runbook,
  RunbookStep,
  Service,
  ServiceId,
  Team,
  TeamId,
} from '@muster/domain/shared';
import type * as Y from 'yjs';
import { chainStep } from './call.ts';
import { digit, flag, flat, id, list, oneOf, optional, text, whole } from './codec.ts';
import type { Plain } from './codec.ts';
import { isNonconforming, versioned } from './nonconforming.ts';
import type { Nonconforming, VersionedCodec } from './nonconforming.ts';
import { severity } from './major.ts';
import { priority } from './ticket-row.ts';

export const personEntry = versioned(
  1,
  flat<Omit<Person, 'id'>>({
    name: text,
    email: text,
    roles: list(oneOf(ROLES)),
    teams: list(id<TeamId>()),
    active: flag,
    vip: flag,
  }),
);

export const teamEntry = versioned(
  1,
  flat<Omit<Team, 'id'>>({ name: text, members: list(id<PersonId>()), lead: optional(id<PersonId>()) }),
);

export const serviceEntry = versioned(
  1,
  flat<Omit<Service, 'id'>>({ name: text, team: optional(id<TeamId>()), criticality: digit([1, 2, 3, 4]) }),
);

export const calendarEntry = versioned(
  1,
  flat<Omit<BusinessCalendar, 'id'>>({
    name: text,
    zone: text,
    hours: list(flat<BusinessCalendar['hours'][number]>({ weekday: whole, from: whole, to: whole })),
    holidays: list(text),
  }),
);

export const agreementEntry = versioned(
  1,
  flat<Omit<Agreement, 'id'>>({
    process: oneOf(TICKET_PROCESSES),
    priority,
    metric: oneOf(['response', 'resolution']),
    targetMs: whole,
    calendar: text,
  }),
);

export const matrixEntry = versioned(
  1,
  flat<PriorityMatrix>({ version: whole, rows: list(list<Priority>(priority)) }),
);

export const categoriesEntry = versioned(
  1,
  flat<{ readonly categories: readonly string[] }>({ categories: list(text) }),
);

/** In the order in which they are tried; the first that holds counts. */
export const majorRulesEntry = versioned(
  1,
  flat<{ readonly rules: readonly MajorRule[] }>({
    rules: list(
      flat<MajorRule>({
        id: id<string>(),
        name: text,
        then: oneOf(['propose', 'declare']),
        severity,
        criticality: optional(digit([1, 2, 3, 4])),
        priority: optional(priority),
        moreChildrenThan: optional(whole),
      }),
    ),
  }),
);

export const runbookEntry = versioned(
  1,
  flat<Omit<Runbook, 'id'>>({
    version: whole,
    name: text,
    service: optional(id<ServiceId>()),
    category: optional(text),
    alert: optional(text),
    steps: list(
      flat<RunbookStep>({
        id: id<string>(),
        phase: oneOf(RUNBOOK_PHASES),
        words: text,
        link: optional(text),
      }),
    ),
  }),
);

export const chainEntry = versioned(
  1,
  flat<Omit<Chain, 'id'>>({ version: whole, name: text, steps: list(chainStep), repeats: whole }),
);

const RUNBOOK = 'runbook:';
const CHAIN = 'chain:';
const CALENDAR = 'calendar:';
const AGREEMENT = 'agreement:';

/**
 * Makes the document say what everybody knows of the directory, writing only the entries that differ:
 * an unchanged directory makes no update at all.
 */
export function writeDirectory(doc: Y.Doc, directory: Directory): void {
  const settings = new Map<string, Plain>([
    ['matrix', matrixEntry.encode(directory.matrix)],
    ['categories', categoriesEntry.encode(directory)],
  ]);
  for (const [key, calendar] of directory.calendars)
    settings.set(`${CALENDAR}${key}`, calendarEntry.encode(calendar));
  for (const agreement of directory.agreements) {
    settings.set(`${AGREEMENT}${agreement.id}`, agreementEntry.encode(agreement));
  }
  doc.transact(() => {
    writeDifferences(doc.getMap('people'), encodeAll(directory.people, personEntry));
    writeDifferences(doc.getMap('teams'), encodeAll(directory.teams, teamEntry));
    writeDifferences(doc.getMap('services'), encodeAll(directory.services, serviceEntry));
    writeDifferences(doc.getMap('settings'), settings);
  });
}

/** The same for the document of what the staff alone knows: how it works. */
export function writeStaffDirectory(doc: Y.Doc, directory: Directory): void {
  const settings = new Map<string, Plain>([
    ['major-rules', majorRulesEntry.encode({ rules: directory.majorRules })],
  ]);
  for (const [key, runbook] of directory.runbooks)
    settings.set(`${RUNBOOK}${key}`, runbookEntry.encode(runbook));
  for (const [key, chain] of directory.chains) settings.set(`${CHAIN}${key}`, chainEntry.encode(chain));
  doc.transact(() => writeDifferences(doc.getMap('settings'), settings));
}

/**
 * The directory as far as it conforms; the default matrix until one has arrived. `staffDoc` is the document of what
 * the staff alone knows, where its reader has it.
 */
export function readDirectory(doc: Y.Doc, staffDoc: Y.Doc | null = null): Directory {
  return inspectDirectory(doc, staffDoc).directory;
}

/** The directory with what had to be set aside of it. */
export function inspectDirectory(
  doc: Y.Doc,
  staffDoc: Y.Doc | null = null,
): {
  readonly directory: Directory;
  readonly nonconforming: readonly Nonconforming[];
} {
  const aside: Nonconforming[] = [];
  const settings = doc.getMap('settings');
  const ofStaff = staffDoc?.getMap('settings') ?? null;
  const agreements = decodeAll<Agreement, string>(settings, agreementEntry, aside, AGREEMENT);
  const matrix = settings.has('matrix')
    ? matrixEntry.decode('settings.matrix', settings.get('matrix'))
    : DEFAULT_MATRIX;
  const categories = settings.has('categories')
    ? categoriesEntry.decode('settings.categories', settings.get('categories'))
    : { categories: [] };
  const majorRules = ofStaff?.has('major-rules')
    ? majorRulesEntry.decode('settings.major-rules', ofStaff.get('major-rules'))
    : { rules: DEFAULT_MAJOR_RULES };
  for (const single of [matrix, categories, majorRules]) if (isNonconforming(single)) aside.push(single);
  return {
    directory: {
      people: decodeAll<Person, PersonId>(doc.getMap('people'), personEntry, aside),
      teams: decodeAll<Team, TeamId>(doc.getMap('teams'), teamEntry, aside),
      services: decodeAll<Service, ServiceId>(doc.getMap('services'), serviceEntry, aside),
      categories: isNonconforming(categories) ? [] : categories.categories,
      matrix: isNonconforming(matrix) ? DEFAULT_MATRIX : matrix,
      calendars: decodeAll<BusinessCalendar, string>(settings, calendarEntry, aside, CALENDAR),
      agreements: [...agreements.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      majorRules: isNonconforming(majorRules) ? DEFAULT_MAJOR_RULES : majorRules.rules,
      runbooks: decodeAll<Runbook, string>(ofStaff, runbookEntry, aside, RUNBOOK),
      // a document of its own holds them, for the staff alone
      schedules: new Map(),
      chains: decodeAll<Chain, string>(ofStaff, chainEntry, aside, CHAIN),
    },
    nonconforming: aside,
  };
}

function encodeAll<Entry>(
  entries: ReadonlyMap<string, Entry>,
  codec: VersionedCodec<Entry>,
): Map<string, Plain> {
  return new Map(Array.from(entries, ([key, entry]) => [key, codec.encode(entry)]));
}

function decodeAll<Entry extends { readonly id: Id }, Id extends string>(
  map: Y.Map<unknown> | null,
  codec: VersionedCodec<Omit<Entry, 'id'>>,
  aside: Nonconforming[],
  prefix = '',
): Map<Id, Entry> {
  const entries = new Map<Id, Entry>();
  if (map === null) return entries;
  for (const key of [...map.keys()].sort()) {
    if (!key.startsWith(prefix)) continue;
    const entryId = key.slice(prefix.length) as Id;
    const entry = codec.decode(key, map.get(key));
    if (isNonconforming(entry)) aside.push(entry);
    else entries.set(entryId, { ...entry, id: entryId } as Entry);
  }
  return entries;
}

function writeDifferences(map: Y.Map<unknown>, wanted: ReadonlyMap<string, Plain>): void {
  for (const key of [...map.keys()]) if (!wanted.has(key)) map.delete(key);
  for (const [key, entry] of wanted) {
    if (JSON.stringify(map.get(key)) !== JSON.stringify(entry)) map.set(key, entry);
  }
}
