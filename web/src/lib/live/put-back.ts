import type { ItemEdit } from '@muster/domain/configuration';
import type { KnowledgeFields, ProblemFields } from '@muster/domain/problem';
import { isTicketProcess } from '@muster/domain/shared';
import type { PersonId, TeamId, Ticket, TicketAct, TicketFields } from '@muster/domain/shared';
import type { AttentionItem } from './muster.ts';

type Fields<Names> = Readonly<Record<keyof Names & string, true>>;

const TICKET: Fields<Pick<TicketFields, 'title' | 'kind' | 'impact' | 'urgency' | 'service' | 'category'>> = {
  ...{ title: true, kind: true, impact: true, urgency: true, service: true, category: true },
};
const PROBLEM: Fields<ProblemFields> = {
  ...{ title: true, service: true, items: true, team: true, owner: true, impact: true, urgency: true },
  ...{ major: true, workaround: true, fix: true },
};
const KNOWN_ERROR: Fields<KnowledgeFields> = {
  ...{ title: true, symptom: true, workaround: true, cause: true, errorCode: true, items: true },
  ...{ service: true, category: true, words: true, problem: true, audience: true, validUntil: true },
  ...{ owner: true, reviewers: true },
};
const ITEM: Fields<Omit<ItemEdit, 'attributes'>> = {
  ...{ class: true, name: true, owner: true, team: true, criticality: true, redundancy: true },
};
const ATTRIBUTE = 'attribute:';

/** The act that puts something back: on a ticket, or on what is none. */
export type PutBack =
  | { readonly act: TicketAct }
  | Required<Pick<AttentionItem, 'problem'>>
  | Required<Pick<AttentionItem, 'error'>>
  | Required<Pick<AttentionItem, 'item'>>;

/**
 * The act that puts back a value that somebody else replaced, on top of what stands now. Null for what one act cannot
 * put back: a step of the lifecycle, a priority whose reason is not known, and all of what has no such act.
 */
export function putBackOf(
  { process, detail }: Pick<AttentionItem, 'process' | 'detail'>,
  ticket: Ticket | undefined,
): PutBack | null {
  if (process === null) return null;
  if (isTicketProcess(process)) return onTicket(detail, ticket);
  // what was replaced was said by this person, and of that field, so it is what the field holds
  const { field, value } = detail;
  if (typeof field !== 'string') return null;
  const fields = { [field]: value };
  if (process === 'configuration') return onItem(field, value);
  if (process !== 'problem') return null;
  if (detail['in'] === 'known-error')
    return Object.hasOwn(KNOWN_ERROR, field) ? { error: { verb: 'edit', fields } } : null;
  return Object.hasOwn(PROBLEM, field) ? { problem: { verb: 'edit', fields } } : null;
}

function onItem(field: string, value: unknown): PutBack | null {
  if (field.startsWith(ATTRIBUTE)) {
    const attributes = { [field.slice(ATTRIBUTE.length)]: value } as ItemEdit['attributes'] & object;
    return { item: { verb: 'edit', fields: { attributes } } };
  }
  return Object.hasOwn(ITEM, field) ? { item: { verb: 'edit', fields: { [field]: value } } } : null;
}

function onTicket(detail: AttentionItem['detail'], ticket: Ticket | undefined): PutBack | null {
  const act = ticketActOf(detail, ticket);
  return act === null ? null : { act };
}

function ticketActOf(
  { field, value }: AttentionItem['detail'],
  ticket: Ticket | undefined,
): TicketAct | null {
  if (typeof field === 'string' && Object.hasOwn(TICKET, field))
    return { verb: 'edit', fields: { [field]: value } };
  if (ticket === undefined) return null;
  if (field === 'owner') return { verb: 'assign', team: ticket.team, owner: value as PersonId | null };
  if (field === 'restrictedTo') return openedAgain(value);
  // the owner of now may not be of that team
  if (field === 'team') return { verb: 'assign', team: value as TeamId | null, owner: null };
  return null;
}

/** Opening needs no reason; why somebody was to be kept out is not known here. */
function openedAgain(value: unknown): TicketAct | null {
  const { team, people } = (value ?? {}) as { readonly team?: unknown; readonly people?: unknown };
  const isOpen = team === null && Array.isArray(people) && people.length === 0;
  return isOpen ? { verb: 'restrict', team: null, people: [], reason: '' } : null;
}
