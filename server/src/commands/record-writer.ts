import { deciderOf } from '@muster/domain';
import { tokenOf } from '@muster/domain/shared';
import type { CommandId, PersonId, Recorded, RecordId, Ticket, TicketEvent } from '@muster/domain/shared';
import type { Events } from './events.ts';
import type { Projection, RecordChange } from './projection.ts';
import { isOver } from './records.ts';
import type { ImportOrigin, Records, StoredRecord } from './records.ts';
import { TextIndex, textOfHistory } from './text-index.ts';
import type { Kysely } from 'kysely';
import { keepRecordItems } from '../store/record-items.ts';
import type { Database } from '../store/schema.ts';

/** Events that happen to one record, with who and when; times of an import are the source's. */
export interface RecordEvents {
  readonly target: RecordId;
  readonly events: readonly {
    readonly event: TicketEvent;
    readonly actor: PersonId;
    readonly at: number;
    readonly clientAt: number;
  }[];
  readonly origin?: ImportOrigin;
  /** What led to them; an import has none. */
  readonly command?: CommandId;
}

/** Writes what was decided: history, record, text and projections, each from the events alone. */
export class RecordWriter {
  readonly #db: Kysely<Database>;
  readonly #records: Records;
  readonly #events: Events;
  readonly #text: TextIndex;
  readonly #projection: Projection;

  constructor(
    tools: { readonly db: Kysely<Database>; readonly records: Records; readonly events: Events },
    projection: Projection,
  ) {
    this.#db = tools.db;
    this.#records = tools.records;
    this.#events = tools.events;
    this.#text = new TextIndex(tools.db);
    this.#projection = projection;
  }

  /** Writes the events of one act, which may concern several records. */
  async write(
    acts: readonly { readonly target: RecordId; readonly events: readonly TicketEvent[] }[],
    {
      command,
      ...by
    }: {
      readonly command: CommandId;
      readonly actor: PersonId;
      readonly at: number;
      readonly clientAt: number;
    },
  ): Promise<readonly RecordChange[]> {
    return this.writeAll(
      acts.map(({ target, events }) => ({
        ...{ target, command },
        events: events.map((event) => ({ event, ...by })),
      })),
    );
  }

  /** Writes events of many records; places in the history follow the order given. */
  async writeAll(acts: readonly RecordEvents[]): Promise<readonly RecordChange[]> {
    const head = await this.#events.head();
    let seq = head.seq;
    const chained: { record: RecordId; recorded: Recorded<TicketEvent> }[] = [];
    const changes: RecordChange[] = [];
    for (const { target, events, origin, command } of acts) {
      const stored = await this.#records.find(target);
      const { recorded, after } = fold(target, stored?.ticket ?? null, events, seq);
      if (after === null) continue;
      seq += recorded.length;
      for (const each of recorded) chained.push({ record: target, recorded: each });
      const stands = await this.#store(stored, after, recorded, origin);
      changes.push({ ...stands, imported: origin !== undefined, recorded, command: command ?? null });
    }
    await this.#events.append(head.hash, chained);
    await this.#projection.show(changes);
    return changes;
  }

  async #store(
    stored: StoredRecord | null,
    after: Ticket,
    recorded: readonly Recorded<TicketEvent>[],
    origin: ImportOrigin | undefined,
  ): Promise<Pick<RecordChange, 'before' | 'after' | 'live'>> {
    if (stored === null) {
      // What comes in already over never was on the board.
      const live = !isOver(after);
      const key = await this.#records.insert(after, { live, ...(origin === undefined ? {} : { origin }) });
      await this.#text.insert(key, textOfHistory(after, tokenOf(after.process, after.id), recorded));
      await keepRecordItems(this.#db, key, null, after);
      return { before: null, after, live };
    }
    // A record that ends stays on its board until the next epoch; one that is off it comes back when it lives again.
    const live = stored.live || !isOver(after);
    await this.#records.update(after, live);
    if (origin !== undefined) await this.#records.setOrigin(after.id, origin);
    await this.#text.extend(stored.key, after, recorded);
    await keepRecordItems(this.#db, stored.key, stored.ticket, after);
    return { before: stored.ticket, after, live };
  }
}

/** Gives events their places and folds them into the ticket. */
function fold(
  target: RecordId,
  before: Ticket | null,
  events: RecordEvents['events'],
  lastSeq: number,
): { readonly recorded: readonly Recorded<TicketEvent>[]; readonly after: Ticket | null } {
  const first = events[0]?.event;
  const process = before?.process ?? (first?.type === 'created' ? first.process : null);
  if (process === null) return { recorded: [], after: before };
  const { evolve } = deciderOf(process);
  let after = before;
  const recorded: Recorded<TicketEvent>[] = [];
  for (const [index, { event, actor, at, clientAt }] of events.entries()) {
    const each = { seq: lastSeq + index + 1, version: (after?.version ?? 0) + 1, event, actor, at, clientAt };
    after = evolve(after, each, target);
    recorded.push(each);
  }
  return { recorded, after };
}
