/**
 * Releases in short, on `board/release@n`. Which changes one carries stands beside its row: hundreds of ids, and a tick
 * moves the row alone.
 */
import { RELEASE_KINDS, RELEASE_STATES, STAGES, isDone } from '@muster/domain/release';
import type { Release, Stage } from '@muster/domain/release';
import type { PersonId, RecordId, ServiceId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { flat, id, list, number, oneOf, optional, since, text, whole } from '../codec.ts';
import { setEntry } from '../entries.ts';
import { KINDS } from '../kinds.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';
import { membersPart } from './parts.ts';

type Shown =
  | 'id'
  | 'number'
  | 'version'
  | 'kind'
  | 'title'
  | 'label'
  | 'state'
  | 'owner'
  | 'services'
  | 'beginsAt'
  | 'endsAt'
  | 'hypercareHours'
  | 'madeBy'
  | 'madeAt'
  | 'updatedAt'
  | 'deployingAt'
  | 'hypercareAt'
  | 'endedAt'
  | 'members';

/** A release as lists show it. */
export interface ReleaseRow extends Pick<Release, Shown> {
  /** Steps of its checklist, and how many of them are done. */
  readonly steps: number;
  readonly stepsDone: number;
  /** The first phase that is not completed; null when all are. */
  readonly phase: { readonly id: string; readonly name: string; readonly stage: Stage } | null;
  readonly alarms: number;
  /** Who is asked for go or no-go, while the roll call stands. */
  readonly leads: readonly PersonId[];
}

const person = id<PersonId>();

/** What most releases lack stands last. Instants count from when the release was made. */
export const releaseRow = versioned(
  1,
  flat<Omit<ReleaseRow, 'id' | 'members'>>(
    {
      madeAt: whole,
      number: optional(text),
      version: whole,
      kind: oneOf(RELEASE_KINDS),
      state: oneOf(RELEASE_STATES),
      title: text,
      label: text,
      madeBy: person,
      updatedAt: since,
      steps: whole,
      stepsDone: whole,
      hypercareHours: number,
      phase: optional(flat<NonNullable<ReleaseRow['phase']>>({ id: text, name: text, stage: oneOf(STAGES) })),
      services: list(id<ServiceId>()),
      owner: optional(person),
      beginsAt: optional(since),
      endsAt: optional(since),
      deployingAt: optional(since),
      hypercareAt: optional(since),
      endedAt: optional(since),
      alarms: whole,
      leads: list(person),
    },
    'madeAt',
  ),
);

/** What the board shows of a release. */
export function rowOfRelease(release: Release): ReleaseRow {
  const { id: key, number, version, kind, title, label, state, owner, services, members } = release;
  const phase = release.phases.find((each) => each.state !== 'completed');
  return {
    ...{ id: key, number, version, kind, title, label, state, owner, services, members },
    beginsAt: release.beginsAt,
    endsAt: release.endsAt,
    hypercareHours: release.hypercareHours,
    madeBy: release.madeBy,
    madeAt: release.madeAt,
    updatedAt: release.updatedAt,
    deployingAt: release.deployingAt,
    hypercareAt: release.hypercareAt,
    endedAt: release.endedAt,
    steps: release.steps.length,
    stepsDone: release.steps.filter(isDone).length,
    phase: phase === undefined ? null : { id: phase.id, name: phase.name, stage: phase.stage },
    alarms: release.alarms.length,
    leads: release.rollCall?.leads ?? [],
  };
}

/** No id holds a colon. */
const MEMBERS = ':members';

/** Stamps a new board of releases with its layout version. */
export function seedReleaseBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['release-board'].layout);
}

/** The server alone writes, with the client id of the board's epoch; but what says something else than what stands. */
export function writeReleaseRow(doc: Y.Doc, row: ReleaseRow): void {
  const rows = doc.getMap('rows');
  setEntry(rows, row.id, releaseRow.encode(row));
  setEntry(rows, `${row.id}${MEMBERS}`, membersPart.encode(row));
}

export function removeReleaseRow(doc: Y.Doc, release: RecordId): void {
  const rows = doc.getMap('rows');
  rows.delete(release);
  rows.delete(`${release}${MEMBERS}`);
}

/** The row of one release; null when it is not on the board. */
export function readReleaseRow(doc: Y.Doc, release: RecordId): ReleaseRow | Nonconforming | null {
  const rows = doc.getMap('rows');
  const stored = rows.get(release);
  if (stored === undefined) return null;
  const row = releaseRow.decode(release, stored);
  if (isNonconforming(row)) return row;
  const key = `${release}${MEMBERS}`;
  const carried = membersPart.decode(key, rows.get(key));
  return isNonconforming(carried) ? carried : { id: release, ...row, ...carried };
}

/** The release that a key of the root `rows` is about. */
export function releaseOfKey(key: string): RecordId {
  return (key.endsWith(MEMBERS) ? key.slice(0, -MEMBERS.length) : key) as RecordId;
}

/** All releases of a board, in no order. Rows of another version or shape are set aside. */
export function readReleaseRows(doc: Y.Doc): {
  readonly releases: readonly ReleaseRow[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const releases: ReleaseRow[] = [];
  const nonconforming: Nonconforming[] = [];
  for (const key of doc.getMap('rows').keys()) {
    if (key.endsWith(MEMBERS)) continue;
    const row = readReleaseRow(doc, key as RecordId);
    if (row === null) continue;
    if (isNonconforming(row)) nonconforming.push(row);
    else releases.push(row);
  }
  return { releases, nonconforming };
}
