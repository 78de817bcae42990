import type { Directory } from '../directory.ts';
import type { TicketProcess } from '../process.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import { MAX_LABEL, MAX_TITLE, cleanTags, cleanText } from './text.ts';
import { TICKET_KINDS } from './ticket.ts';
import type { TicketFields, TicketKind } from './ticket.ts';

type Clean = Result<Partial<TicketFields>, TicketRefusal>;

/** Fields as they are kept, or the first that is not what it must be. Absent fields stay absent. */
export function cleanFields(
  process: TicketProcess,
  fields: Partial<TicketFields>,
  directory: Directory,
): Clean {
  const cleaned: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const kept = cleanField(process, name, fields, directory);
    if (kept === undefined) return unfit(process, name, value);
    cleaned[name] = kept;
  }
  return ok(cleaned);
}

/** The value to keep, or undefined when it is unfit. */
function cleanField(
  process: TicketProcess,
  name: string,
  fields: Partial<TicketFields>,
  directory: Directory,
): unknown {
  switch (name) {
    case 'title':
      return cleanText(fields.title, MAX_TITLE) ?? undefined;
    case 'kind':
      return isTicketKind(process, fields.kind) ? fields.kind : undefined;
    case 'impact':
    case 'urgency':
      return [1, 2, 3].includes(fields[name] ?? 0) ? fields[name] : undefined;
    case 'service':
      return fields.service === null || directory.services.has(fields.service!) ? fields.service : undefined;
    case 'category':
      return cleanCategory(fields.category ?? null, directory.categories);
    case 'tags':
      return cleanTags(fields.tags ?? []) ?? undefined;
    default:
      return undefined;
  }
}

export function isTicketKind(process: TicketProcess, kind: string | undefined): kind is TicketKind {
  if (!TICKET_KINDS.some((each) => each === kind)) return false;
  return (kind === 'incident') === (process === 'incident');
}

/** An organisation that lists no categories takes any. */
function cleanCategory(category: string | null, known: readonly string[]): string | null | undefined {
  if (category === null) return null;
  const text = cleanText(category, MAX_LABEL);
  if (text === null) return undefined;
  return known.length === 0 || known.includes(text) ? text : undefined;
}

function unfit(process: TicketProcess, field: string, value: unknown): Clean {
  if (field === 'service')
    return refuse(ticketRefusal(process, 'unknown-service', { service: String(value) }));
  return refuse(ticketRefusal(process, 'invalid-value', { field, value }));
}

/** Equality of field values; lists of tags are compared as sets. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item) => b.includes(item));
}
