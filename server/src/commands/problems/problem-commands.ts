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
import type { Actor, CommandEnvelope, Outcome, RecordId, Tell } from '@muster/domain/shared';
import { keepNamed, problemColumns, problemOf, textOfProblem } from '../../store/problems.ts';
import { applied, chainEvents, doingOf, refused, tellPeople } from '../acts.ts';
import type { ActParts, Doing, Folded } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isProblemVerb, parseProblemAct } from '../schema/problems.ts';
import { unseenBy } from '../unseen.ts';
import { incidentsOf, problemFacts } from './problem-facts.ts';

export const PROBLEM_PREFIX = 'problem.';

/** How far the chain of duplicates is followed; rules forbid cycles, this bounds a damaged one. */
const MAX_CHAIN = 50;

interface StoredProblem {
  readonly key: number;
  readonly problem: Problem;
  readonly live: boolean;
}

export class ProblemCommands {
  readonly #parts: ActParts;

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(PROBLEM_PREFIX.length);
    if (!isProblemVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isHidden = !canReadProblems(actor) || (stored === null && verb !== 'create');
    if (isHidden || (stored === null && (await isTakenElsewhere(this.#parts.db, target, 'problem'))))
      return refused({ code: 'problem/no-such-problem', problem: target });
    const act = parseProblemAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    return this.#decide(stored, act.value, command, doingOf(command, actor, now));
  }

  async #decide(
    stored: StoredProblem | null,
    act: ProblemAct,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { numbers, db } = this.#parts;
    const { actor, at: now, clientAt } = doing;
    const { target } = command;
    const state = stored?.problem ?? null;
    const number = state === null ? await numbers.forRecord('problem', now, command) : null;
    const directory = await this.#parts.directory();
    const verdict = decider.decide(state, act, {
      ...{ actor, now, clientAt, target, directory },
      since: state === null ? [] : await unseenBy<ProblemEvent>(command, this.#parts),
      number: number?.text ?? null,
      related: await this.#related(decider.relatedTo(act)),
      facts: await problemFacts(db, directory, factsNeeded(state, act), actor),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, also = [], tell, superseded } = verdict.value;
    if (superseded !== undefined) {
      await this.#tell(tell, target, command.id, now);
      return { outcome: 'superseded', ...superseded };
    }
    const folded = await this.#write(stored, target, events, doing);
    if (number?.isNext === true) await numbers.take('problem', now);
    await this.#tell(tell, target, command.id, now);
    for (const each of also)
      await this.#follow(await this.#write(await this.#find(each.target), each.target, each.events, doing));
    await this.#follow(folded);
    return applied(state, folded.at(-1)?.after ?? state);
  }

  /** The problems that an act names, and those that they went on in. */
  async #related(ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Problem>> {
    const related = new Map<RecordId, Problem>();
    for (const id of ids) {
      let next: RecordId | null = id;
      for (let step = 0; next !== null && step < MAX_CHAIN && !related.has(next); step += 1) {
        const found: Problem | null = (await this.#find(next))?.problem ?? null;
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
    return row === undefined ? null : { key: row.key, live: row.live === 1, problem: problemOf(row) };
  }

  async #write(
    stored: StoredProblem | null,
    target: RecordId,
    events: readonly ProblemEvent[],
    doing: Doing,
  ): Promise<readonly Folded<Problem, ProblemEvent>[]> {
    const before = stored?.problem ?? null;
    const folded = await chainEvents(this.#parts.events, target, before, events, decider.evolve, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return folded;
    const recorded = folded.map((each) => each.recorded);
    const { key, live } = await this.#store(stored, after);
    await keepNamed(this.#parts.db, key, events);
    await this.#parts.projection.showProblem({ after, recorded, live });
    return folded;
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
    // one that is taken up again after long is worked on again: it comes back to the board
    const live = stored.live || problem.endedAt === null;
    await db
      .updateTable('problem')
      .set({ ...columns, live: live ? 1 : 0 })
      .where('key', '=', key)
      .execute();
    if (JSON.stringify(words) !== JSON.stringify(textOfProblem(stored.problem)))
      await db.updateTable('problem_text').set(words).where('rowid', '=', key).execute();
    return { key, live };
  }

  /** News, and what the incidents get: each once, by an id that follows from the event's. */
  async #follow(folded: readonly Folded<Problem, ProblemEvent>[]): Promise<void> {
    const { db, projection } = this.#parts;
    for (const { after, recorded } of folded) {
      const { at, version } = recorded;
      const cause = `event:${after.id}:${version}`;
      await this.#tell(problemNews(after, recorded), after.id, `${cause}:news`, at);
      if (!FOLLOWED.has(recorded.event.type)) continue;
      const concerned = [...namedIncidents(after), ...incidentsIn([recorded.event])];
      const incidents = await incidentsOf(db, concerned);
      for (const { type, target, part, args, tell } of afterProblem(recorded, after, incidents)) {
        const id = derivedCommandId(`${cause}:${part}`, at);
        const basis = incidents.get(target)?.version ?? 0;
        await this.#parts.run({ id, type, target, args, basis, clientAt: at }, SYSTEM_ACTOR);
        await tellPeople(projection, tell, { process: 'incident', record: target }, `${cause}:${part}`, at);
      }
    }
  }

  #tell(tell: readonly Tell[], record: RecordId, cause: string, at: number): Promise<void> {
    return tellPeople(this.#parts.projection, tell, { process: 'problem', record }, cause, at);
  }
}

const FOLLOWED: ReadonlySet<ProblemEvent['type']> = new Set(['workaround-communicated', 'problem-stepped']);
