/**
 * The commands `known-error.<verb>`: readable → arguments → facts → decide → events, rows, index, projections, news.
 * They come through the one path of commands, which answers the same id the same way and takes back whatever throws.
 */
import { canReadKnowledge, decideKnowledge, evolveKnowledge, isForEverybody } from '@muster/domain/problem';
import type { KnowledgeAct, KnowledgeEvent, KnownError } from '@muster/domain/problem';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import {
  bodyWords,
  knownErrorColumns,
  knownErrorOf,
  readVersions,
  wordsOfHelp,
  wordsOfKnownError,
} from '../../store/known-errors.ts';
import type { KnowledgeVersion } from '../../store/known-errors.ts';
import type { ActParts } from '../acts.ts';
import { RecordActs } from '../record-acts.ts';
import type { Around, BoardRow, Evolved } from '../record-acts.ts';
import type { Records } from '../records.ts';
import { isKnowledgeVerb, parseKnowledgeAct } from '../schema/known-errors.ts';
import { knowledgeFacts } from './knowledge-facts.ts';
import { markKnownProblems } from './known-problems.ts';

export const KNOWLEDGE_PREFIX = 'known-error.';

export interface KnowledgeParts extends ActParts {
  readonly records: Records;
}

type StoredKnownError = BoardRow<KnownError>;

export class KnowledgeCommands {
  readonly #parts: KnowledgeParts;
  readonly #acts: RecordActs<StoredKnownError, KnowledgeAct, KnowledgeEvent>;

  constructor(parts: KnowledgeParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredKnownError, KnowledgeAct, KnowledgeEvent>(parts, {
      ...{ prefix: KNOWLEDGE_PREFIX, table: 'known_error', making: 'create' },
      ...{ isVerb: isKnowledgeVerb, parse: parseKnowledgeAct, mayRead, evolve: evolveKnowledge },
      absent: (record) => ({ code: 'problem/no-such-known-error', record }),
      find: (id) => this.#find(id),
      decide: (state, act, around) => this.#decide(state, act, around),
      keep: (evolved) => this.#keep(evolved),
      follow: async (folded) => {
        for (const each of folded) await markKnownProblems(this.#parts, each);
      },
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #decide(
    state: KnownError | null,
    act: KnowledgeAct,
    { actor, now, target, directory, since }: Around<KnowledgeEvent>,
  ): Promise<ReturnType<typeof decideKnowledge>> {
    const sources = { ...this.#parts, directory, text: () => this.#parts.projection.articleOf(target) };
    return decideKnowledge(state, act, {
      ...{ actor, now, target, directory, since },
      facts: await knowledgeFacts(sources, target, act, actor),
    });
  }

  async #find(id: RecordId): Promise<StoredKnownError | null> {
    const row = await this.#parts.db
      .selectFrom('known_error')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, state: knownErrorOf(row) };
  }

  async #keep(evolved: Evolved<StoredKnownError, KnowledgeEvent>): Promise<void> {
    const { stored, before, after, recorded } = evolved;
    const key = await this.#store(stored, after);
    for (const each of recorded) await this.#note(after.id, each);
    const [version] = after.published === null ? [] : await readVersions(this.#parts.db, after.id);
    await this.#index(key, before, after, version);
    await this.#parts.projection.showKnowledge({
      ...{ before, after, version, recorded, live: stored?.live ?? true },
    });
  }

  /** The row id of its entries in the indexes. */
  async #store(stored: StoredKnownError | null, it: KnownError): Promise<number> {
    const { db } = this.#parts;
    const columns = knownErrorColumns(it);
    if (stored !== null) {
      await db.updateTable('known_error').set(columns).where('key', '=', stored.key).execute();
      return stored.key;
    }
    const { key } = await db
      .insertInto('known_error')
      .values({ ...columns, id: it.id, live: 1 })
      .returning('key')
      .executeTakeFirstOrThrow();
    return key;
  }

  /** Versions, what was said of them, and uses: what an event adds beside the record. */
  async #note(known_error: RecordId, { event, actor: by, at }: Recorded<KnowledgeEvent>): Promise<void> {
    const { db } = this.#parts;
    switch (event.type) {
      case 'published': {
        const { number } = event;
        await db
          .insertInto('known_error_version')
          .values({ known_error, number, at, by, data: JSON.stringify(event) })
          .execute();
        return;
      }
      case 'rated': {
        const { number, comment } = event;
        const said = { helped: event.helped ? 1 : 0, comment, at };
        await db
          .insertInto('known_error_rating')
          .values({ known_error, number, person: by, ...said })
          .onConflict((conflict) => conflict.columns(['known_error', 'number', 'person']).doUpdateSet(said))
          .execute();
        return;
      }
      case 'linked':
        if (event.ticket !== null)
          await db
            .insertInto('known_error_use')
            .values({ known_error, ticket: event.ticket, by, at })
            .execute();
        return;
      case 'unlinked':
        if (event.ticket !== null)
          await db
            .deleteFrom('known_error_use')
            .where('known_error', '=', known_error)
            .where('ticket', '=', event.ticket)
            .execute();
        return;
      default:
        return;
    }
  }

  /** Words of the staff's index and of everybody's, where they are others now. */
  async #index(
    rowid: number,
    before: KnownError | null,
    after: KnownError,
    version: KnowledgeVersion | undefined,
  ): Promise<void> {
    const { db } = this.#parts;
    const isPublished = before?.published?.number !== after.published?.number;
    const body = bodyWords(version);
    const words = wordsOfKnownError(after, body);
    const help = wordsOfHelp(after, body);
    if (before === null)
      await db
        .insertInto('known_error_text')
        .values({ rowid, ...words })
        .execute();
    else if (isPublished || JSON.stringify(words) !== JSON.stringify(wordsOfKnownError(before, body)))
      await db.updateTable('known_error_text').set(words).where('rowid', '=', rowid).execute();
    const had = before === null ? null : wordsOfHelp(before, body);
    if (!isPublished && JSON.stringify(had) === JSON.stringify(help)) return;
    await db.deleteFrom('help_text').where('rowid', '=', rowid).execute();
    if (help !== null)
      await db
        .insertInto('help_text')
        .values({ rowid, ...help })
        .execute();
  }
}

/** Staff of knowledge read all; everybody reads what is published for them. */
function mayRead(actor: Actor, state: KnownError | null): boolean {
  return canReadKnowledge(actor) || (state !== null && isForEverybody(state));
}
