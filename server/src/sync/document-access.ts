/** Who may open and who may write a document: one table by kind, asked before whether the document exists. */
import { parseName } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { mayWriteNotes } from '@muster/domain/change';
import {
  SYSTEM,
  TICKET_PROCESSES,
  canRead,
  canReadAsStaff,
  maySeeSchedules,
  unreachable,
} from '@muster/domain/shared';
import type { Actor, RecordProcess } from '@muster/domain/shared';
import type { Right } from '@muster/sync/server';
import { isTicketAudience } from './record-audience.ts';
import type { Audience, FindAudience } from './record-audience.ts';

/** What an actor may do with a document. What the server alone writes, nobody may. */
export async function rightToDocument(
  actor: Actor,
  name: DocumentName,
  findAudience: FindAudience,
): Promise<Right> {
  switch (name.kind) {
    case 'board': {
      const mayRead = actor.permissions.has(`${name.process}.read`);
      const isTheirs = name.person === null || name.person === actor.id;
      return readingIf(mayRead && isTheirs && (name.team === null || actor.teams.includes(name.team)));
    }
    case 'change-board':
    case 'meeting-board':
      return readingIf(canReadProcess(actor, 'change'));
    case 'release-board':
      return readingIf(canReadProcess(actor, 'release'));
    case 'configuration-board':
    case 'configuration-rules':
      return readingIf(canReadProcess(actor, 'configuration'));
    case 'problem-board':
    case 'knowledge-board':
      return readingIf(canReadProcess(actor, 'problem'));
    case 'help-board':
      return readingIf(actor.permissions.has('directory.read'));
    case 'rules':
      return readingIf(canReadProcess(actor, name.process));
    case 'record': {
      const record = await findAudience(name.id);
      return readingIf(record !== null && isTicketAudience(record) && canRead(actor, record));
    }
    case 'journal': {
      const record = await findAudience(name.id);
      return readingIf(record !== null && canReadRecord(actor, record));
    }
    case 'release': {
      const record = await findAudience(name.id);
      return readingIf(record?.process === 'release' && canReadRecord(actor, record));
    }
    case 'meeting': {
      const record = await findAudience(name.id);
      const isMeeting = record !== null && !isTicketAudience(record) && record.meeting !== undefined;
      return readingIf(isMeeting && canReadRecord(actor, record));
    }
    case 'room': {
      const record = await findAudience(name.id);
      if (record === null || !canReadRecord(actor, record)) return 'none';
      if (!isTicketAudience(record) && record.knowledge !== undefined) return 'none';
      if (!isTicketAudience(record) && record.meeting !== undefined)
        return mayWriteNotes(actor, record.meeting) ? 'write' : 'read';
      return actor.permissions.has(`${record.process}.work`) ? 'write' : 'read';
    }
    case 'inbox':
      return readingIf(name.id === actor.id);
    case 'draft':
      return name.id === actor.id ? 'write' : 'none';
    case 'notice':
      return readingIf(name.team === null || actor.teams.includes(name.team));
    case 'oncall':
      return readingIf(maySeeSchedules(actor));
    case 'directory':
      return readingIf(actor.permissions.has('directory.read') && (!name.staff || isStaff(actor)));
    case 'article': {
      const record = await findAudience(name.id);
      if (record === null || isTicketAudience(record) || record.knowledge === undefined) return 'none';
      if (!canReadRecord(actor, record)) return 'none';
      return actor.permissions.has('problem.write-knowledge') && record.knowledge === 'open'
        ? 'write'
        : 'read';
    }
    default:
      return unreachable(name);
  }
}

function canReadProcess(actor: Actor, process: RecordProcess): boolean {
  return actor.id === SYSTEM || actor.permissions.has(`${process}.read`);
}

/** A change or a release is read by whoever may read any. */
function canReadRecord(actor: Actor, record: Audience): boolean {
  return isTicketAudience(record) ? canReadAsStaff(actor, record) : canReadProcess(actor, record.process);
}

function isStaff({ permissions }: Actor): boolean {
  return TICKET_PROCESSES.some((process) => permissions.has(`${process}.read`));
}

function readingIf(mayRead: boolean): Right {
  return mayRead ? 'read' : 'none';
}

const FORM = 'board/<process>@<epoch>, record/<id>, room/<id>, …';

/** Why a raw name names no document, in at most 123 bytes, for the close frame. */
export function whatIsWrongWith(raw: string): string {
  if (raw.includes('%')) return 'document name: nothing is decoded, send it as it is';
  if (parseName(raw.replaceAll('//', '/')) !== null) return 'document name: a doubled slash';
  const kind = /^[a-z]*/.exec(raw)?.[0] ?? '';
  return `document name: ${kind === '' ? 'no kind' : `"${kind.slice(0, 20)}…" is not of the form`} ${FORM}`;
}
