import { boardRows } from '@muster/documents';
import { decodeProblem } from '@muster/documents/problem';
import { problem as decider } from '@muster/domain/problem';
import type { Problem, ProblemAct, ProblemEvent } from '@muster/domain/problem';
import { commandId, tokenOf } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, RecordId } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type * as Y from 'yjs';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveJournal } from '../change/live-changes.ts';
import { findNamed } from '../find-named.ts';
import { FollowedRows } from '../followed-rows.ts';
import { Grains } from '../grains.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { newRecordId, outcomeHere, sendAct } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import { Analysis } from './analysis.ts';
import type { LiveAnalysis, LiveProblems, ProblemRow } from './live-problems.ts';

const PREFIX = 'problem.';

/**
 * Problems as this device sees them: rows of `board/problem` with the commands that wait folded in by the server's own
 * rules. A row is built when it is read and forgotten when its board row or its commands change. Fetched when it is
 * asked for, or when an act waits.
 */
export class Problems implements LiveProblems {
  readonly #options: ProblemsOptions;
  readonly #grains = new Grains<RecordId>();
  readonly #lists = new Grains<'all'>();
  readonly #ulid = monotonicFactory();
  readonly #rows = new FollowedRows({ read: readRow, changed: (ids) => this.#onRows(ids) });
  readonly #own: OwnActs;
  readonly #shown = new Map<RecordId, ProblemRow | null>();
  #all: readonly ProblemRow[] | null = null;

  constructor(options: ProblemsOptions) {
    this.#options = options;
    this.#own = new OwnActs({
      ...options,
      part: 'problems',
      versionOf: (id) => this.basisOf(id),
      touched: (ids) => this.#forget(ids),
    });
    this.#own.look();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    return this.#rows.loaded;
  }

  get all(): readonly ProblemRow[] {
    this.#lists.read('all');
    return this.#peekAll();
  }

  get(id: RecordId): ProblemRow | undefined {
    this.#grains.read(id);
    return this.#peek(id);
  }

  find(reference: string): RecordId | undefined {
    return findNamed('problem', this.#peekAll(), reference);
  }

  ofIncident(incident: RecordId): readonly ProblemRow[] {
    return this.all.filter(({ incidents }) => incidents.includes(incident));
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  basisOf(id: RecordId): number {
    return this.#rows.get(id)?.version ?? 0;
  }

  run(target: RecordId, act: ProblemAct, basis?: number, far: Problem | null = null): SentCommand {
    const state = this.#peek(target) ?? far;
    const seen = basis ?? this.#rows.get(target)?.version ?? far?.version ?? 0;
    const clientAt = this.#options.now();
    const id = commandId(this.#ulid(clientAt));
    const { verb, ...args } = act;
    const envelope: CommandEnvelope = { id, type: `${PREFIX}${verb}`, target, args, basis: seen, clientAt };
    // who nobody knows here may be known to the server: it alone says no then
    const isSettled = this.#options.knowsOrganisation() && this.#rows.isHere;
    const outcome = isSettled ? outcomeHere(this.#decide(state, act, target, clientAt)) : null;
    return sendAct(this.#options.outbox, envelope, outcome);
  }

  openJournal(id: RecordId): LiveJournal<ProblemEvent> {
    return openJournal<ProblemEvent>(this.#options.shelf, id);
  }

  openAnalysis(id: RecordId): LiveAnalysis {
    const { shelf, actor, now } = this.#options;
    return new Analysis(id, { shelf, me: actor.id, now });
  }

  /** Reads this board from now on. */
  follow(board: Handle | undefined): void {
    this.#rows.follow(board);
  }

  /** The directory changed: what was worked out with it is worked out anew. */
  refold(): void {
    this.#forget(this.#own.targets);
  }

  close(): void {
    this.#own.close();
    this.follow(undefined);
  }

  #decide(state: Problem | null, act: ProblemAct, target: RecordId, clientAt: number) {
    const { actor, directory, isOpen, mayReadIncident } = this.#options;
    return decider.decide(state, act, {
      ...{ actor, now: clientAt, clientAt, target, since: [], number: null, directory: directory() },
      related: new Map(this.#peekAll().map((row) => [row.id, row])),
      facts: {
        mayName: mayReadIncident,
        mayRead: mayReadIncident,
        isOpen,
        // what is not here the server may know
        hasChange: () => true,
        hasItem: () => true,
      },
    });
  }

  #peek(id: RecordId): ProblemRow | undefined {
    const known = this.#shown.get(id);
    if (known !== undefined) return known ?? undefined;
    const row = this.#build(id);
    this.#shown.set(id, row);
    return row ?? undefined;
  }

  #build(id: RecordId): ProblemRow | null {
    const confirmed = this.#rows.get(id) ?? null;
    const waiting = this.#own.after(id, confirmed?.version ?? 0);
    // while its own acts are folded the row of others is what stands
    this.#shown.set(
      id,
      confirmed === null ? null : { ...confirmed, token: tokenOf('problem', id), pending: 0 },
    );
    const folded = waiting.reduce<Problem | null>(
      (state, { envelope }) => this.#fold(state, envelope),
      confirmed,
    );
    if (folded === null) return null;
    const pending = waiting.filter(({ applied }) => applied === null).length;
    return { ...folded, token: tokenOf('problem', id), pending };
  }

  /** What the rules refuse meanwhile changes nothing. */
  #fold(state: Problem | null, { type, args, target, clientAt }: CommandEnvelope): Problem | null {
    if (!type.startsWith(PREFIX)) return state;
    // made by this client's own `run`, so of the shape that its types say
    const act = { ...(args as object), verb: type.slice(PREFIX.length) } as ProblemAct;
    const answer = this.#decide(state, act, target, clientAt);
    if (!answer.ok || answer.value.superseded !== undefined) return state;
    const actor = this.actor.id;
    return answer.value.events.reduce<Problem | null>((so, event) => {
      const version = (so?.version ?? 0) + 1;
      return decider.evolve(so, { seq: 0, version, event, actor, at: clientAt, clientAt }, target);
    }, state);
  }

  #peekAll(): readonly ProblemRow[] {
    return (this.#all ??= [...new Set([...this.#rows.ids, ...this.#own.targets])].flatMap(
      (id) => this.#peek(id) ?? [],
    ));
  }

  #onRows(ids: ReadonlySet<RecordId>): void {
    this.#forget(ids);
    // what was opened before the server had its problem, as one that was made here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#rows.get(id) !== undefined);
  }

  #forget(ids: Iterable<RecordId>): void {
    const changed = [...ids];
    this.#all = null;
    for (const id of changed) this.#shown.delete(id);
    for (const id of changed) this.#grains.tell(id);
    this.#lists.tell('all');
    if (changed.some((id) => this.#own.of(id).length > 0)) this.#own.finishShown();
  }
}

export interface ProblemsOptions extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'> {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open' | 'retryForbidden'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Whether an incident is on this device, or may be on the server. */
  readonly mayReadIncident: (incident: RecordId) => boolean;
  /** Whether an incident of this device is still worked on. */
  readonly isOpen: (incident: RecordId) => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

function readRow(doc: Y.Doc, id: RecordId) {
  const row = boardRows(doc).get(id);
  return row === undefined ? null : decodeProblem(id, row);
}
