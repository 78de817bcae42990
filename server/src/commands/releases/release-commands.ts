/**
 * The commands `release.<verb>`: readable → arguments → facts → decide → events, row, text, projections, news → what
 * member changes are told. They come through the one path of commands, which answers the same id the same way and
 * takes back whatever throws.
 */
import { changesToBegin, membersTouched } from '@muster/domain/flows';
import { factsNeeded, release as decider, releaseNews } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseEvent } from '@muster/domain/release';
import { SYSTEM, SYSTEM_ACTOR } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Outcome, RecordId, Tell } from '@muster/domain/shared';
import { releaseColumns, releaseOf, textOfRelease } from '../../store/releases.ts';
import { applied, chainEvents, doingOf, refused, tellPeople } from '../acts.ts';
import type { ActParts, Doing, Folded } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isReleaseVerb, parseReleaseAct } from '../schema/releases.ts';
import { unseenBy } from '../unseen.ts';
import { changesOf, releaseFacts } from './release-facts.ts';

export const RELEASE_PREFIX = 'release.';

interface StoredRelease {
  readonly key: number;
  readonly release: Release;
  readonly live: boolean;
}

export class ReleaseCommands {
  readonly #parts: ActParts;

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(RELEASE_PREFIX.length);
    if (!isReleaseVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isHidden = !mayRead(actor) || (stored === null && verb !== 'create');
    if (isHidden || (stored === null && (await isTakenElsewhere(this.#parts.db, target, 'release'))))
      return refused({ code: 'release/no-such-release', release: target });
    const act = parseReleaseAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    return this.#decide(stored, act.value, command, doingOf(command, actor, now));
  }

  async #decide(
    stored: StoredRelease | null,
    act: ReleaseAct,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { numbers, db } = this.#parts;
    const { actor, at: now, clientAt } = doing;
    const { target } = command;
    const state = stored?.release ?? null;
    const number = state === null ? await numbers.forRecord('release', now, command) : null;
    const directory = await this.#parts.directory();
    const verdict = decider.decide(state, act, {
      ...{ actor, now, clientAt, target, directory },
      since: state === null ? [] : await unseenBy<ReleaseEvent>(command, this.#parts),
      number: number?.text ?? null,
      related: new Map(),
      facts: await releaseFacts(db, directory, factsNeeded(state, act), actor),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, tell, superseded } = verdict.value;
    if (superseded !== undefined) {
      await this.#tell(tell, target, command.id, now);
      return { outcome: 'superseded', ...superseded };
    }
    const folded = await this.#write(stored, target, events, doing);
    if (number?.isNext === true) await numbers.take('release', now);
    await this.#tell(tell, target, command.id, now);
    await this.#follow(folded, now);
    return applied(state, folded.at(-1)?.after ?? state);
  }

  async #find(id: RecordId): Promise<StoredRelease | null> {
    const row = await this.#parts.db
      .selectFrom('release')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, release: releaseOf(row) };
  }

  async #write(
    stored: StoredRelease | null,
    target: RecordId,
    events: readonly ReleaseEvent[],
    doing: Doing,
  ): Promise<readonly Folded<Release, ReleaseEvent>[]> {
    const before = stored?.release ?? null;
    const folded = await chainEvents(this.#parts.events, target, before, events, decider.evolve, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return folded;
    const recorded = folded.map((each) => each.recorded);
    const live = await this.#store(stored, after);
    await this.#parts.projection.showRelease({ before, after, recorded, live });
    return folded;
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
    if (JSON.stringify(words) !== JSON.stringify(textOfRelease(stored.release)))
      await db.updateTable('release_text').set(words).where('rowid', '=', stored.key).execute();
    return stored.live;
  }

  /** News, and the changes that begin: each once, by an id that follows from the event's. */
  async #follow(folded: readonly Folded<Release, ReleaseEvent>[], now: number): Promise<void> {
    for (const { before, after, recorded } of folded) {
      const cause = `event:${after.id}:${recorded.version}`;
      const news = releaseNews(before, after, recorded);
      await this.#tell(news, after.id, `${cause}:news`, now);
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

  #tell(tell: readonly Tell[], record: RecordId, cause: string, at: number): Promise<void> {
    return tellPeople(this.#parts.projection, tell, { process: 'release', record }, cause, at);
  }
}

function mayRead({ id, permissions }: Actor): boolean {
  return id === SYSTEM || permissions.has('release.read');
}
