/**
 * What documents of changes show of incidents that are restricted (CHG-107). The store keeps their ids; whatever
 * many people read is made without them, and made again whenever one is restricted, or no more.
 */
import { changeBoardName, journalName, withoutEpoch } from '@muster/documents';
import { rewriteChange, rewritePlainEvents } from '@muster/documents/change';
import { eventsWithoutHidden, withoutHidden } from '@muster/domain/change';
import type { IsHidden } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { Events } from '../../../commands/events.ts';
import { changeOf } from '../../changes.ts';
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

/** The restricted incidents that a change named at any time. */
export function restrictedCaused(statements: Statements): readonly RecordId[] {
  return statements
    .prepare(
      `select distinct record.id from caused_incident join record on record.id = caused_incident.incident
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

/** Makes what is shown of changes say of an incident what may be said of it now, and their bytes no more than that. */
export async function showCaused(
  unit: WriteUnit,
  parts: Parts,
  incident: RecordId,
  now: number,
): Promise<void> {
  const { statements, log, server, events } = parts;
  const isHidden = hiddenIn(statements);
  const changes = statements
    .prepare(
      `select change.id, change.live, change.data from caused_incident
       join change on change.key = caused_incident.change where caused_incident.incident = ?`,
    )
    .all(incident) as Naming[];
  if (changes.length === 0) return;
  const written: string[] = [];
  const rewrite = async (name: string, write: Parameters<ServerDocuments['change']>[3]): Promise<void> => {
    if (log.find(name) === undefined) return;
    await parts.repairing(unit, name, now, () => server.change(unit, name, now, write));
    written.push(name);
  };
  const base = withoutEpoch(changeBoardName(1));
  const board = log.current(base)?.name;
  if (board !== undefined)
    await rewrite(board, (doc) => {
      for (const change of changes)
        if (change.live === 1) rewriteChange(doc, withoutHidden(changeOf(change), isHidden));
    });
  for (const { id } of changes) {
    const history = eventsWithoutHidden(await events.since(id, 0), isHidden);
    await rewrite(journalName(id), (doc) => rewritePlainEvents(doc, history));
  }
  if (!isHidden(incident)) return;
  const left = written.filter((name) => leaveNoTrace(parts, name, incident, now));
  // epochs before this one show it still
  const ended = statements
    .prepare('delete from document where base = ? and frozen_at is not null returning name')
    .pluck()
    .all(base) as string[];
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
