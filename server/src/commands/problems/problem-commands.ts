/**
 * The commands `problem.<verb>`: readable → arguments → facts → decide → events, row, text, projections, news → what
 * the linked incidents are told. They come through the one path of commands, which answers the same id the same way and
 * takes back whatever throws.
 */
import { afterProblem } from '@muster/domain/flows';
import {
  canReadProblems,
  factsNeeded,
  incidentsIn,
  namedIncidents,
  problem as decider,
  problemNews,
} from '@muster/domain/problem';
import type { Problem, ProblemAct, ProblemEvent } from '@muster/domain/problem';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Outcome, RecordId } from '@muster/domain/shared';
import { keepNamed, problemColumns, problemOf, staysForReview, textOfProblem } from '../../store/problems.ts';
import type { ActParts, Folded } from '../acts.ts';
import { markTakenIn } from '../knowledge/known-problems.ts';
import { RecordActs } from '../record-acts.ts';
import type { Around, BoardRow, Evolved } from '../record-acts.ts';
import { isProblemVerb, parseProblemAct } from '../schema/problems.ts';
import { linksOvertaken } from './merged-incidents.ts';
import { incidentsOf, problemFacts } from './problem-facts.ts';
import { runFollowUp } from './run-follow-up.ts';

export const PROBLEM_PREFIX = 'problem.';

/** How far the chain of duplicates is followed; rules forbid cycles, this bounds a damaged one. */
const MAX_CHAIN = 50;

type StoredProblem = BoardRow<Problem>;

export class ProblemCommands {
  readonly #parts: ActParts;
  readonly #acts: RecordActs<StoredProblem, ProblemAct, ProblemEvent>;

  constructor(parts: ActParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredProblem, ProblemAct, ProblemEvent>(parts, {
      ...{ prefix: PROBLEM_PREFIX, table: 'problem', making: 'create' },
      ...{ isVerb: isProblemVerb, parse: parseProblemAct, mayRead: canReadProblems, evolve: decider.evolve },
      absent: (problem) => ({ code: 'problem/no-such-problem', problem }),
      find: (id) => this.#find(id),
      decide: (state, act, around) => this.#decide(state, act, around),
      keep: (evolved) => this.#keep(evolved),
      follow: (folded) => this.#follow(folded),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #decide(
    state: Problem | null,
    act: ProblemAct,
    around: Around<ProblemEvent>,
  ): Promise<ReturnType<typeof decider.decide>> {
    const { actor, directory } = around;
    return decider.decide(state, act, {
      ...around,
      related: await this.#related(decider.relatedTo(act)),
      facts: await problemFacts(this.#parts.db, directory, factsNeeded(state, act), actor),
    });
  }

  /** The problems that an act names, and those that they went on in. */
  async #related(ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Problem>> {
    const related = new Map<RecordId, Problem>();
    for (const id of ids) {
      let next: RecordId | null = id;
      for (let step = 0; next !== null && step < MAX_CHAIN && !related.has(next); step += 1) {
        const found: Problem | null = (await this.#find(next))?.state ?? null;
        if (found === null) break;
        related.set(found.id, found);
        next = found.duplicateOf;
      }
    }
    return related;
  }

  async #find(id: RecordId): Promise<StoredProblem | null> {
    const row = await this.#parts.db
      .selectFrom('problem')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, state: problemOf(row) };
  }

  async #keep({ stored, after, recorded }: Evolved<StoredProblem, ProblemEvent>): Promise<void> {
    const { key, live } = await this.#store(stored, after);
    await keepNamed(
      this.#parts.db,
      key,
      recorded.map(({ event }) => event),
    );
    await this.#parts.projection.showProblem({ after, recorded, live });
  }

  async #store(
    stored: StoredProblem | null,
    problem: Problem,
  ): Promise<{ readonly key: number; readonly live: boolean }> {
    const { db } = this.#parts;
    const columns = problemColumns(problem);
    const words = textOfProblem(problem);
    if (stored === null) {
      const values = { ...columns, id: problem.id, live: 1 };
      const { key } = await db
        .insertInto('problem')
        .values(values)
        .returning('key')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('problem_text')
        .values({ rowid: key, ...words, room: '' })
        .execute();
      return { key, live: true };
    }
    const { key } = stored;
    // one that is taken up again after long is worked on again, and a risk whose review is due is looked at: it comes back
    const live = stored.live || problem.endedAt === null || staysForReview(problem);
    await db
      .updateTable('problem')
      .set({ ...columns, live: live ? 1 : 0 })
      .where('key', '=', key)
      .execute();
    if (JSON.stringify(words) !== JSON.stringify(textOfProblem(stored.state)))
      await db.updateTable('problem_text').set(words).where('rowid', '=', key).execute();
    return { key, live };
  }

  /** News, and what the incidents get: each once, by an id that follows from the event's. */
  async #follow(folded: readonly Folded<Problem, ProblemEvent>[]): Promise<void> {
    const { db } = this.#parts;
    const last = folded.findLast(({ recorded }) => NAMING.has(recorded.event.type));
    for (const { after, recorded } of folded) {
      const { at, version } = recorded;
      const cause = `event:${after.id}:${version}`;
      await this.#acts.tell(problemNews(after, recorded), after.id, `${cause}:news`, at);
      if (recorded.event.type === 'duplicate-taken-in')
        await markTakenIn(this.#parts, after.id, { id: after.id, version, at });
      if (!FOLLOWED.has(recorded.event.type)) continue;
      const concerned = [...namedIncidents(after), ...incidentsIn([recorded.event])];
      const incidents = await incidentsOf(db, concerned);
      for (const each of afterProblem(recorded, after, incidents)) {
        const basis = incidents.get(each.target)?.version ?? 0;
        await runFollowUp(this.#parts, each, { cause: `${cause}:${each.part}`, basis, at });
      }
    }
    if (last !== undefined) await this.#nameSurvivors(last);
  }

  /** After what its own incidents are told: it is of those that are linked when it happens. */
  async #nameSurvivors({ after, recorded }: Folded<Problem, ProblemEvent>): Promise<void> {
    const { at, version } = recorded;
    const cause = `event:${after.id}:${version}`;
    for (const command of await linksOvertaken(this.#parts.db, after, { cause, at }))
      await this.#parts.run(command, SYSTEM_ACTOR);
  }
}

/** Events after which it may name incidents that were merged before. */
const NAMING: ReadonlySet<ProblemEvent['type']> = new Set([
  'problem-opened',
  'incident-linked',
  'duplicate-taken-in',
  'problem-stepped',
]);

const FOLLOWED: ReadonlySet<ProblemEvent['type']> = new Set(['workaround-communicated', 'problem-stepped']);
