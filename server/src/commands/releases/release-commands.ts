/**
 * The commands `release.<verb>`: readable → arguments → facts → decide → events, row, text, projections, news → what
 * member changes are told. They come through the one path of commands, which answers the same id the same way and
 * takes back whatever throws.
 */
import { changesToBegin, membersTouched } from '@muster/domain/flows';
import { factsNeeded, release as decider, releaseNews } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseEvent } from '@muster/domain/release';
import { SYSTEM, SYSTEM_ACTOR } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Outcome, RecordId } from '@muster/domain/shared';
import { releaseColumns, releaseOf, textOfRelease } from '../../store/releases.ts';
import type { ActParts, Folded } from '../acts.ts';
import type { ChangeBook } from '../changes/change-book.ts';
import { derivedCommandId } from '../derived-id.ts';
import { RecordActs } from '../record-acts.ts';
import type { Around, BoardRow, Evolved } from '../record-acts.ts';
import { isReleaseVerb, parseReleaseAct } from '../schema/releases.ts';
import { changesOf, releaseFacts } from './release-facts.ts';

export const RELEASE_PREFIX = 'release.';

interface ReleaseParts extends ActParts {
  readonly book: Pick<ChangeBook, 'servicesOf'>;
}

type StoredRelease = BoardRow<Release>;

export class ReleaseCommands {
  readonly #parts: ReleaseParts;
  readonly #acts: RecordActs<StoredRelease, ReleaseAct, ReleaseEvent>;

  constructor(parts: ReleaseParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredRelease, ReleaseAct, ReleaseEvent>(parts, {
      ...{ prefix: RELEASE_PREFIX, table: 'release', making: 'create' },
      ...{ isVerb: isReleaseVerb, parse: parseReleaseAct, mayRead, evolve: decider.evolve },
      absent: (release) => ({ code: 'release/no-such-release', release }),
      find: (id) => this.#find(id),
      decide: (state, act, around) => this.#decide(state, act, around),
      keep: (evolved) => this.#keep(evolved),
      follow: (folded, now) => this.#follow(folded, now),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #decide(
    state: Release | null,
    act: ReleaseAct,
    around: Around<ReleaseEvent>,
  ): Promise<ReturnType<typeof decider.decide>> {
    const { db, book } = this.#parts;
    const facts = await releaseFacts(db, book, factsNeeded(state, act), around.actor);
    return decider.decide(state, act, { ...around, related: new Map(), facts });
  }

  async #find(id: RecordId): Promise<StoredRelease | null> {
    const row = await this.#parts.db
      .selectFrom('release')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, state: releaseOf(row) };
  }

  async #keep({ stored, before, after, recorded }: Evolved<StoredRelease, ReleaseEvent>): Promise<void> {
    const live = await this.#store(stored, after);
    await this.#parts.projection.showRelease({ before, after, recorded, live });
  }

  /** Whether it is on the board. */
  async #store(stored: StoredRelease | null, release: Release): Promise<boolean> {
    const { db } = this.#parts;
    const columns = releaseColumns(release);
    const words = textOfRelease(release);
    if (stored === null) {
      const { key } = await db
        .insertInto('release')
        .values({ ...columns, id: release.id, live: 1 })
        .returning('key')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('release_text')
        .values({ rowid: key, ...words, room: '' })
        .execute();
      return true;
    }
    await db.updateTable('release').set(columns).where('key', '=', stored.key).execute();
    if (JSON.stringify(words) !== JSON.stringify(textOfRelease(stored.state)))
      await db.updateTable('release_text').set(words).where('rowid', '=', stored.key).execute();
    return stored.live;
  }

  /** News, and the changes that begin: each once, by an id that follows from the event's. */
  async #follow(folded: readonly Folded<Release, ReleaseEvent>[], now: number): Promise<void> {
    for (const { before, after, recorded } of folded) {
      const cause = `event:${after.id}:${recorded.version}`;
      const news = releaseNews(before, after, recorded);
      await this.#acts.tell(news, after.id, `${cause}:news`, now);
      const touched = membersTouched(after, recorded.event);
      const changes = await changesOf(this.#parts.db, touched);
      for (const { id: target, version } of changesToBegin(after, recorded.event, changes, now)) {
        const id = derivedCommandId(`${cause}:begin:${target}`, now);
        const args = { to: 'implement' };
        const command = { id, type: 'change.step', target, args, basis: version, clientAt: now };
        await this.#parts.run(command, SYSTEM_ACTOR);
      }
    }
  }
}

function mayRead({ id, permissions }: Actor): boolean {
  return id === SYSTEM || permissions.has('release.read');
}
