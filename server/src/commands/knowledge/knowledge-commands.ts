/**
 * The commands `known-error.<verb>`: readable → arguments → facts → decide → events, rows, index, projections, news.
 * They come through the one path of commands, which answers the same id the same way and takes back whatever throws.
 */
import { canReadKnowledge, decideKnowledge, evolveKnowledge, isForEverybody } from '@muster/domain/problem';
import type { KnowledgeAct, KnowledgeEvent, KnownError } from '@muster/domain/problem';
import type { Actor, CommandEnvelope, Outcome, RecordId } from '@muster/domain/shared';
import {
  bodyWords,
  knownErrorColumns,
  knownErrorOf,
  readVersions,
  wordsOfHelp,
  wordsOfKnownError,
} from '../../store/known-errors.ts';
import type { KnowledgeVersion } from '../../store/known-errors.ts';
import { applied, chainEvents, doingOf, refused, tellPeople } from '../acts.ts';
import type { ActParts, Doing, Folded } from '../acts.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import type { Records } from '../records.ts';
import { isKnowledgeVerb, parseKnowledgeAct } from '../schema/known-errors.ts';
import { unseenBy } from '../unseen.ts';
import { knowledgeFacts } from './knowledge-facts.ts';

export const KNOWLEDGE_PREFIX = 'known-error.';

export interface KnowledgeParts extends ActParts {
  readonly records: Records;
}

interface Stored {
  readonly key: number;
  readonly it: KnownError;
  readonly live: boolean;
}

type Step = Folded<KnownError, KnowledgeEvent>;

export class KnowledgeCommands {
  readonly #parts: KnowledgeParts;

  constructor(parts: KnowledgeParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(KNOWLEDGE_PREFIX.length);
    if (!isKnowledgeVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isShown = stored !== null && isForEverybody(stored.it);
    const isTaken = stored === null && (await isTakenElsewhere(this.#parts.db, target, 'known_error'));
    const isMissing = isTaken || (stored === null && verb !== 'create');
    if (isMissing || (!canReadKnowledge(actor) && !isShown))
      return refused({ code: 'problem/no-such-known-error', record: target });
    const act = parseKnowledgeAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    return this.#decide(stored, act.value, command, doingOf(command, actor, now));
  }

  async #decide(
    stored: Stored | null,
    act: KnowledgeAct,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { actor, at: now } = doing;
    const { target } = command;
    const { projection } = this.#parts;
    const state = stored?.it ?? null;
    const directory = await this.#parts.directory();
    const sources = { ...this.#parts, directory, text: () => projection.articleOf(target) };
    const verdict = decideKnowledge(state, act, {
      ...{ actor, now, target, directory },
      since: state === null ? [] : await unseenBy<KnowledgeEvent>(command, this.#parts),
      facts: await knowledgeFacts(sources, target, act, actor),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, tell, superseded } = verdict.value;
    const about = { process: 'problem', record: target } as const;
    if (superseded !== undefined) return { outcome: 'superseded', ...superseded };
    const after = await this.#write(stored, target, events, doing);
    await tellPeople(projection, tell, about, command.id, now);
    return applied(state, after === null ? null : { version: after.version, number: null });
  }

  async #find(id: RecordId): Promise<Stored | null> {
    const row = await this.#parts.db
      .selectFrom('known_error')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, it: knownErrorOf(row) };
  }

  async #write(
    stored: Stored | null,
    target: RecordId,
    events: readonly KnowledgeEvent[],
    doing: Doing,
  ): Promise<KnownError | null> {
    const before = stored?.it ?? null;
    const folded = await chainEvents(this.#parts.events, target, before, events, evolveKnowledge, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return before;
    const key = await this.#store(stored, after);
    for (const step of folded) await this.#note(step);
    const [version] = after.published === null ? [] : await readVersions(this.#parts.db, target);
    await this.#index(key, before, after, version);
    await this.#parts.projection.showKnowledge({
      ...{ before, after, version, live: stored?.live ?? true },
      recorded: folded.map(({ recorded }) => recorded),
    });
    return after;
  }

  /** The row id of its entries in the indexes. */
  async #store(stored: Stored | null, it: KnownError): Promise<number> {
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
  async #note({ after, recorded: { event, actor: by, at } }: Step): Promise<void> {
    const { db } = this.#parts;
    const known_error = after.id;
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
