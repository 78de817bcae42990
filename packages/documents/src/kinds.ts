import type { PlanName } from '@muster/domain/change';

/** The type of a root of a document, as Yjs knows it. */
export type RootType = 'map' | 'array' | 'text' | 'xml';

export interface DocumentKindRules {
  /** Who writes: the server through commands, everybody who may read it, or its one person. */
  readonly writer: 'server' | 'people' | 'person';
  /** Raised with every change of the stored form; the server then moves the kind to a next epoch or migrates it. */
  readonly layout: number;
  /** Root name to type. Documents hold these roots and no others. */
  readonly roots: Readonly<Record<string, RootType>>;
  /** Roots made by name prefix, for things that two devices may create apart without losing either. */
  readonly rootPrefixes: Readonly<Record<string, RootType>>;
  readonly hasEpoch: boolean;
  /** Roots that what stands of the record may lock, while the others are written on. */
  readonly lockable: readonly string[];
}

/** The plans of a change: as its rules name them, listed here so that nothing else of those rules is fetched. */
export const PLAN_ROOTS = [
  'implementation',
  'backout',
  'test',
  'communication',
] as const satisfies readonly PlanName[];

/** The skeleton of every kind of document (sync.md, Documents). */
export const KINDS = {
  board: rules('server', 4, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  'change-board': rules('server', 3, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  'release-board': rules('server', 1, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  release: rules('server', 1, { release: 'map', steps: 'map', phases: 'map' }),
  'problem-board': rules('server', 2, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  'meeting-board': rules('server', 1, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  meeting: rules('server', 1, { meeting: 'map', items: 'map' }),
  'knowledge-board': rules('server', 1, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  'help-board': rules('server', 1, { rows: 'map', meta: 'map' }, { hasEpoch: true }),
  'configuration-board': rules(
    'server',
    4,
    { rows: 'map', relations: 'map', meta: 'map' },
    { hasEpoch: true },
  ),
  'configuration-rules': rules('server', 1, { rules: 'map' }),
  rules: rules('server', 2, {
    models: 'map',
    policies: 'map',
    windows: 'map',
    templates: 'map',
    settings: 'map',
    boards: 'map',
  }),
  record: rules('server', 5, { events: 'array' }),
  journal: rules('server', 6, { events: 'array' }),
  room: rules(
    'people',
    5,
    {
      description: 'xml',
      notes: 'xml',
      timeline: 'array',
      checklist: 'array',
      review: 'xml',
      implementation: 'xml',
      backout: 'xml',
      test: 'xml',
      communication: 'xml',
      analysis: 'array',
    },
    { lockable: PLAN_ROOTS },
  ),
  inbox: rules('server', 9, { items: 'array', read: 'map', requests: 'map' }),
  draft: rules('person', 4, { meta: 'map' }, { rootPrefixes: { 'draft:': 'text' } }),
  article: rules('people', 1, { body: 'xml' }),
  notice: rules('server', 3, { announcements: 'map' }),
  oncall: rules('server', 1, { schedules: 'map' }),
  directory: rules(
    'server',
    3,
    { people: 'map', teams: 'map', services: 'map', settings: 'map' },
    { hasEpoch: true },
  ),
} as const satisfies Readonly<Record<string, DocumentKindRules>>;

export type DocumentKind = keyof typeof KINDS;

export const DOCUMENT_KINDS = Object.keys(KINDS) as readonly DocumentKind[];

export function rulesOf(kind: DocumentKind): DocumentKindRules {
  return KINDS[kind];
}

/** The name of a draft: `new:<ulid>`, or what is written and its record, as `reply:<record>`; a report is three. */
export const DRAFT_ID =
  /^(reply|note|new|timeline|report-conditions|report-actions|report-needs|cause|fishbone):([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/;

/** Whether people may set this key of a root map. Keys of nested types are free. */
export function isKeyOf(kind: DocumentKind, root: string, key: string): boolean {
  return kind === 'draft' && root === 'meta' && DRAFT_ID.test(key);
}

/** The type that a root must have in a document of this kind, or null when the kind has no such root. */
export function rootTypeOf(kind: DocumentKind, root: string): RootType | null {
  const { roots, rootPrefixes } = rulesOf(kind);
  if (Object.hasOwn(roots, root)) return roots[root] ?? null;
  for (const [prefix, type] of Object.entries(rootPrefixes)) {
    if (root.startsWith(prefix) && DRAFT_ID.test(root.slice(prefix.length))) return type;
  }
  return null;
}

function rules(
  writer: DocumentKindRules['writer'],
  layout: number,
  roots: DocumentKindRules['roots'],
  more: Partial<Pick<DocumentKindRules, 'hasEpoch' | 'rootPrefixes' | 'lockable'>> = {},
): DocumentKindRules {
  const { rootPrefixes = {}, hasEpoch = false, lockable = [] } = more;
  return { writer, layout, roots, rootPrefixes, hasEpoch, lockable };
}
