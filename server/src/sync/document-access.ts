/** Who may open and who may write a document: one table by kind, asked before whether the document exists. */
import { parseName } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { canRead, canReadAsStaff, unreachable } from '@muster/domain/shared';
import type { Actor, RecordId, Ticket } from '@muster/domain/shared';

/** Finds a record as SQL has it. */
export type FindTicket = (id: RecordId) => Promise<Ticket | null>;

export async function mayReadDocument(
  actor: Actor,
  name: DocumentName,
  findTicket: FindTicket,
): Promise<boolean> {
  switch (name.kind) {
    case 'board':
      return (
        actor.permissions.has(`${name.process}.read`) &&
        (name.team === null || actor.teams.includes(name.team))
      );
    case 'record': {
      const ticket = await findTicket(name.id);
      return ticket !== null && canRead(actor, ticket);
    }
    case 'journal':
    case 'room': {
      const ticket = await findTicket(name.id);
      return ticket !== null && canReadAsStaff(actor, ticket);
    }
    case 'inbox':
    case 'draft':
      return name.id === actor.id;
    case 'notice':
      return true;
    case 'directory':
      return actor.permissions.has('directory.read');
    case 'article':
      return false;
    default:
      return unreachable(name);
  }
}

/** Whether a reader of a document may write it. What the server alone writes, nobody may. */
export async function mayWriteDocument(
  actor: Actor,
  name: DocumentName,
  findTicket: FindTicket,
): Promise<boolean> {
  switch (name.kind) {
    case 'room': {
      const ticket = await findTicket(name.id);
      return (
        ticket !== null && canReadAsStaff(actor, ticket) && actor.permissions.has(`${ticket.process}.work`)
      );
    }
    case 'draft':
      return name.id === actor.id;
    case 'board':
    case 'record':
    case 'journal':
    case 'inbox':
    case 'notice':
    case 'directory':
    case 'article':
      return false;
    default:
      return unreachable(name);
  }
}

const FORM = 'board/<process>@<epoch>, record/<id>, room/<id>, …';

/** Why a raw name names no document, in at most 123 bytes, for the close frame. */
export function whatIsWrongWith(raw: string): string {
  if (raw.includes('%')) return 'document name: nothing is decoded, send it as it is';
  if (parseName(raw.replaceAll('//', '/')) !== null) return 'document name: a doubled slash';
  const kind = /^[a-z]*/.exec(raw)?.[0] ?? '';
  return `document name: ${kind === '' ? 'no kind' : `"${kind.slice(0, 20)}…" is not of the form`} ${FORM}`;
}
