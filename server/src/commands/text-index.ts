import { audienceOf } from '@muster/domain/shared';
import type { Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../store/schema.ts';

/** The words of a record, apart by who may search them: `notes` and `room` are for staff only. */
export interface RecordText {
  readonly number: string;
  readonly title: string;
  readonly description: string;
  readonly conversation: string;
  readonly notes: string;
}

/** The words that a history gives a record; tokens stay searchable for ever. */
export function textOfHistory(
  ticket: Ticket,
  token: string,
  recorded: readonly Recorded<TicketEvent>[],
): RecordText {
  const created = recorded[0]?.event;
  const words = wordsOf(recorded);
  return {
    number: ticket.number === null ? token : `${ticket.number} ${token}`,
    title: ticket.title,
    description: created?.type === 'created' ? created.description : '',
    conversation: words.public.map(line).join(''),
    notes: words.staff.map(line).join(''),
  };
}

/** Full text over number, title, description, conversation, notes and room. */
export class TextIndex {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(key: number, text: RecordText): Promise<void> {
    await this.#db
      .insertInto('record_text')
      .values({ rowid: key, ...text, room: '' })
      .execute();
  }

  /** Adds the words of further events, and the title when it changed. */
  async extend(key: number, ticket: Ticket, recorded: readonly Recorded<TicketEvent>[]): Promise<void> {
    const words = wordsOf(recorded);
    const retitled = recorded.some(
      ({ event }) =>
        (event.type === 'edited' && event.fields.title !== undefined) ||
        (event.type === 'imported' && event.set.title !== undefined),
    );
    if (!retitled && words.public.length + words.staff.length === 0) return;
    await this.#db
      .updateTable('record_text')
      .set({
        title: ticket.title,
        conversation: sql`conversation || ${words.public.map(line).join('')}`,
        notes: sql`notes || ${words.staff.map(line).join('')}`,
      })
      .where('rowid', '=', key)
      .execute();
  }

  /** What staff write together in the room; the description that the requester wrote stays beside it. */
  async showRoom(key: number, room: string): Promise<void> {
    await this.#db.updateTable('record_text').set({ room }).where('rowid', '=', key).execute();
  }
}

/** Each on a line of its own, the first too, so that words added one by one make the same text as all at once. */
function line(word: string): string {
  return `\n${word}`;
}

function wordsOf(recorded: readonly Recorded<TicketEvent>[]): {
  readonly public: readonly string[];
  readonly staff: readonly string[];
} {
  const words: { readonly public: string[]; readonly staff: string[] } = { public: [], staff: [] };
  for (const { event } of recorded) {
    const said = saidIn(event);
    if (said !== '') words[audienceOf(event)].push(said);
  }
  return words;
}

function saidIn(event: TicketEvent): string {
  switch (event.type) {
    case 'replied':
    case 'commented':
      return event.text;
    case 'handover-requested':
      return event.note;
    case 'transitioned':
      return [event.reason, event.resolution?.notes].filter(Boolean).join('\n');
    case 'assigned':
    case 'priority-overridden':
      return event.reason ?? '';
    default:
      return '';
  }
}
