import { isTicketKind } from '@muster/domain/shared';
import type { Level, TicketKind, TicketProcess } from '@muster/domain/shared';

/** What is filled into a new record so far. It lives as the text of a draft, so every field is optional. */
export interface NewRecord {
  readonly process: TicketProcess;
  readonly kind: TicketKind;
  readonly title: string;
  readonly description: string;
  readonly service: string;
  readonly category: string;
  /** Ids of the configuration items that it is about. */
  readonly items: readonly string[];
  readonly impact: Level;
  readonly urgency: Level;
  readonly requester: string;
  readonly team: string;
  readonly channel: string;
}

export function emptyRecord(process: TicketProcess, requester: string): NewRecord {
  return {
    process,
    kind: process === 'incident' ? 'incident' : 'request',
    title: '',
    description: '',
    service: '',
    category: '',
    items: [],
    impact: 3,
    urgency: 2,
    requester,
    team: '',
    channel: process === 'incident' ? 'desk' : 'phone',
  };
}

/** One line `field: value` for each, the description last and as it is: readable in the list of drafts. */
export function printNew(record: NewRecord): string {
  const { description, ...fields } = record;
  const lines = Object.entries(fields).map(
    ([field, value]) => `${field}: ${String(value).replace(/\s+/g, ' ')}`,
  );
  return [...lines, '', description].join('\n');
}

/**
 * Reads a kept draft over the empty record; what does not fit is left as it was. A draft that was begun for the other
 * process holds what that one begins with: of it only what somebody chose is kept.
 */
export function readNew(text: string, empty: NewRecord): NewRecord {
  const gap = text.indexOf('\n\n');
  if (text === '' || gap < 0) return empty;
  const fields = new Map(
    text
      .slice(0, gap)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
  );
  const begun = processOf(text);
  const untouched = begun === empty.process ? empty : emptyRecord(begun, empty.requester);
  const read = (field: keyof NewRecord) => {
    const kept = fields.get(field);
    return kept === undefined || kept === String(untouched[field]) ? String(empty[field]) : kept;
  };
  const kind = read('kind');
  return {
    process: empty.process,
    kind: isTicketKind(empty.process, kind) ? kind : empty.kind,
    title: read('title'),
    description: text.slice(gap + 2),
    service: read('service'),
    category: read('category'),
    items: read('items').split(',').filter(Boolean),
    impact: levelOf(read('impact'), empty.impact),
    urgency: levelOf(read('urgency'), empty.urgency),
    requester: read('requester'),
    team: read('team'),
    channel: read('channel'),
  };
}

/** Which process a kept draft is for. */
export function processOf(text: string): TicketProcess {
  return text.startsWith('process: incident') ? 'incident' : 'desk';
}

function levelOf(text: string, standard: Level): Level {
  return text === '1' || text === '2' || text === '3' ? (Number(text) as Level) : standard;
}
