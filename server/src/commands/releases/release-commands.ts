/**
 * The commands `release.<verb>`: readable → arguments → facts → decide → events, row, text, projections, news → what
 * member changes are told. They come through the one path of commands, which answers the same id the same way and
 * takes back whatever throws.
 */
import { changesToBegin, membersTouched } from '@muster/domain/flows';
import { factsNeeded, release as decider, releaseNews } from '@muster/domain/release';
import type { Release, ReleaseAct, ReleaseEvent } from '@muster/domain/release';
import { SYSTEM, SYSTEM_ACTOR } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  CommandId,
  Outcome,
  RecordId,
  Recorded,
  RefusalContent,
  Tell,
} from '@muster/domain/shared';
import { releaseColumns, releaseOf, textOfRelease } from '../../store/releases.ts';
import type { ChangeParts } from '../changes/change-commands.ts';
import { derivedCommandId } from '../derived-id.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isReleaseVerb, parseReleaseAct } from '../schema/releases.ts';
import { unseenBy } from '../unseen.ts';
import { changesOf, releaseFacts } from './release-facts.ts';

export const RELEASE_PREFIX = 'release.';

export type ReleaseParts = Omit<ChangeParts, 'book'>;

interface StoredRelease {
  readonly key: number;
  readonly release: Release;
  readonly live: boolean;
}

/** Who did it, when, and by which command. */
interface Doing {
  readonly command: CommandId;
  readonly actor: Actor;
  readonly at: number;
  readonly clientAt: number;
}

/** An event with the release that it made. */
interface Folded {
  readonly before: Release | null;
  readonly after: Release;
  readonly recorded: Recorded<ReleaseEvent>;
}

export class ReleaseCommands {
  readonly #parts: ReleaseParts;

  constructor(parts: ReleaseParts) {
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
    return this.#decide(stored, act.value, command, {
      command: command.id,
      actor,
      at: now,
      clientAt: Math.min(command.clientAt, now),
    });
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
      await this.#tell(tell, command.id, target, now);
      return { outcome: 'superseded', ...superseded };
    }
    const folded = await this.#write(stored, target, events, doing);
    if (number?.isNext === true) await numbers.take('release', now);
    await this.#tell(tell, command.id, target, now);
    await this.#follow(folded, now);
    const after = folded.at(-1)?.after ?? state;
    const version = after?.version ?? 0;
    return state === null && after?.number != null
      ? { outcome: 'applied', version, number: after.number }
      : { outcome: 'applied', version };
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
    { at, clientAt, actor }: Doing,
  ): Promise<readonly Folded[]> {
    const head = await this.#parts.events.head();
    const folded: Folded[] = [];
    for (const event of events) {
      const before: Release | null = folded.at(-1)?.after ?? stored?.release ?? null;
      const place = { seq: head.seq + folded.length + 1, version: (before?.version ?? 0) + 1 };
      const recorded = { ...place, event, actor: actor.id, at, clientAt };
      folded.push({ before, after: decider.evolve(before, recorded, target), recorded });
    }
    const after = folded.at(-1)?.after;
    if (after === undefined) return folded;
    const recorded = folded.map((each) => each.recorded);
    await this.#parts.events.append(
      head.hash,
      recorded.map((each) => ({ record: target, recorded: each })),
    );
    const live = await this.#store(stored, after);
    await this.#parts.projection.showRelease({ before: stored?.release ?? null, after, recorded, live });
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
  async #follow(folded: readonly Folded[], now: number): Promise<void> {
    for (const { before, after, recorded } of folded) {
      const cause = `event:${after.id}:${recorded.version}`;
      const news = releaseNews(before, after, recorded);
      await this.#tell(news, `${cause}:news`, after.id, now);
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

  async #tell(tell: readonly Tell[], cause: string, record: RecordId, at: number): Promise<void> {
    for (const [index, { person, kind, detail }] of tell.entries()) {
      const about = { process: 'release', record, detail } as const;
      await this.#parts.projection.tell(person, { id: `${cause}:${index}`, at, kind, ...about });
    }
  }
}

function mayRead({ id, permissions }: Actor): boolean {
  return id === SYSTEM || permissions.has('release.read');
}

function refused(refusal: RefusalContent): Outcome {
  return { outcome: 'refused', refusal };
}
