/**
 * What documents of changes and problems show of incidents that are restricted (CHG-107, PRB-12). The store keeps their ids; whatever
 * many people read is made without them, and made again whenever one is restricted, or no more.
 */
import { changeBoardName, journalName, problemBoardName, withoutEpoch } from '@muster/documents';
import { rewriteChange, rewritePlainEvents } from '@muster/documents/change';
import { rewriteProblem } from '@muster/documents/problem';
import { eventsWithoutHidden, withoutHidden } from '@muster/domain/change';
import type { IsHidden } from '@muster/domain/change';
import { problemEventsWithoutHidden, problemWithoutHidden } from '@muster/domain/problem';
import type { Recorded, RecordId, TicketEvent } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Events } from '../../../commands/events.ts';
import { changeOf } from '../../changes.ts';
import { problemOf } from '../../problems.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import type { DocumentLogTables } from './log.ts';
import type { ServerDocuments } from './server-documents.ts';
import type { Snapshots } from './snapshots.ts';

const RESTRICTED = '(record.restricted_to is not null or record.readers is not null)';

/** Whether an incident is restricted, as SQL has it now: then not every reader of changes may know of it. */
export function hiddenIn(statements: Statements): IsHidden {
  const restricted = statements.prepare(`select 1 from record where id = ? and ${RESTRICTED}`);
  return (incident) => restricted.get(incident) !== undefined;
}

/** The restricted incidents that a change or a problem named at any time. */
export function restrictedNamed(statements: Statements): readonly RecordId[] {
  return statements
    .prepare(
      `select record.id from caused_incident join record on record.id = caused_incident.incident
       where ${RESTRICTED} union
       select record.id from problem_incident join record on record.id = problem_incident.incident
       where ${RESTRICTED}`,
    )
    .pluck()
    .all() as RecordId[];
}

interface Parts {
  readonly statements: Statements;
  readonly log: DocumentLogTables;
  readonly server: ServerDocuments;
  readonly snapshots: Snapshots;
  readonly events: Events;
  /** Runs a change of a projection; one that is damaged is made again, from the same events. */
  repairing(unit: WriteUnit, name: string, now: number, change: () => void): Promise<void>;
}

interface Naming {
  readonly id: RecordId;
  readonly live: number;
  readonly data: string;
}

/** What names incidents: the board that it is on, and how row and history read without some. */
interface Kind {
  /** All that ever named one, by its id. */
  readonly naming: string;
  readonly board: string;
  readonly rewriteRow: (doc: Y.Doc, row: Naming, isHidden: IsHidden) => void;
  readonly withoutHidden: (
    recorded: readonly Recorded<TicketEvent>[],
    isHidden: IsHidden,
  ) => readonly Recorded<TicketEvent>[];
}

const KINDS: readonly Kind[] = [
  {
    naming: `select change.id, change.live, change.data from caused_incident
       join change on change.key = caused_incident.change where caused_incident.incident = ?`,
    board: withoutEpoch(changeBoardName(1)),
    rewriteRow: (doc, row, isHidden) => rewriteChange(doc, withoutHidden(changeOf(row), isHidden)),
    withoutHidden: eventsWithoutHidden,
  },
  {
    naming: `select problem.id, problem.live, problem.data from problem_incident
       join problem on problem.key = problem_incident.problem where problem_incident.incident = ?`,
    board: withoutEpoch(problemBoardName(1)),
    rewriteRow: (doc, row, isHidden) => rewriteProblem(doc, problemWithoutHidden(problemOf(row), isHidden)),
    withoutHidden: problemEventsWithoutHidden,
  },
];

/** Makes what is shown of changes and problems say of an incident what may be said of it now, and their bytes no more than that. */
export async function showNamed(
  unit: WriteUnit,
  parts: Parts,
  incident: RecordId,
  now: number,
): Promise<void> {
  for (const kind of KINDS) await showIn(kind, unit, parts, incident, now);
}

async function showIn(
  kind: Kind,
  unit: WriteUnit,
  parts: Parts,
  incident: RecordId,
  now: number,
): Promise<void> {
  const { statements, log, server, events } = parts;
  const isHidden = hiddenIn(statements);
  const named = statements.prepare(kind.naming).all(incident) as Naming[];
  if (named.length === 0) return;
  const written: string[] = [];
  const rewrite = async (name: string, write: Parameters<ServerDocuments['change']>[3]): Promise<void> => {
    if (log.find(name) === undefined) return;
    await parts.repairing(unit, name, now, () => server.change(unit, name, now, write));
    written.push(name);
  };
  const board = log.current(kind.board)?.name;
  if (board !== undefined)
    await rewrite(board, (doc) => {
      for (const row of named) if (row.live === 1) kind.rewriteRow(doc, row, isHidden);
    });
  for (const { id } of named) {
    const history = kind.withoutHidden(await events.since(id, 0), isHidden);
    await rewrite(journalName(id), (doc) => rewritePlainEvents(doc, history));
  }
  if (!isHidden(incident)) return;
  const left = written.filter((name) => leaveNoTrace(parts, name, incident, now));
  // epochs before this one show it still
  const ended = statements
    .prepare('delete from document where base = ? and frozen_at is not null returning name')
    .pluck()
    .all(kind.board) as string[];
  if (left.length > 0 || ended.length > 0) unit.audiences.push({ record: incident, shown: [], left, ended });
}

/** The bytes of a log keep what was taken out of its document: so it is written down anew without. */
function leaveNoTrace({ log, server, snapshots }: Parts, name: string, word: string, now: number): boolean {
  const row = log.find(name);
  if (row === undefined) return false;
  const { snapshot, tail } = log.read(row);
  const names = [...(snapshot === null ? [] : [snapshot]), ...tail].some((bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(word),
  );
  if (names) snapshots.keep(server.fold(name, now));
  return names;
}
