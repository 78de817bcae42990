/**
 * The way that acts on records other than tickets go: known → found and readable → arguments → decide → events → kept
 * and shown → number → tell → what follows. What a kind looks at, keeps, shows and lets follow it says in its
 * `RecordKind`; in which order it happens is said here alone.
 */
import type {
  Actor,
  CommandEnvelope,
  Directory,
  Outcome,
  RecordId,
  Recorded,
  RefusalContent,
  Result,
  Tell,
  Verdict,
} from '@muster/domain/shared';
import { keptIn } from '../store/history-tables.ts';
import type { OwnTable } from '../store/history-tables.ts';
import { applied, chainEvents, doingOf, refused, tellPeople } from './acts.ts';
import type { ActParts, Doing, Folded, Versioned } from './acts.ts';
import { isTakenElsewhere } from './owner-of-id.ts';
import { unseenBy } from './unseen.ts';

/** A record as it was found, with what its kind must know of its row. */
export interface Stored {
  readonly state: Versioned;
}

/** One of a kind with a board. */
export interface BoardRow<State extends Versioned> extends Stored {
  /** The row id of its entries beside the table. */
  readonly key: number;
  readonly state: State;
  /** Whether it is on the board. */
  readonly live: boolean;
}

/** What every decision looks at; a kind adds facts of its own. */
export interface Around<Event> {
  readonly actor: Actor;
  readonly now: number;
  readonly clientAt: number;
  readonly target: RecordId;
  readonly directory: Directory;
  readonly since: readonly Recorded<Event>[];
  /** The number to give a new record; null for one that is made, and where the kind has none. */
  readonly number: string | null;
}

/** What events made of a record, to be kept and shown. There is at least one. */
export interface Evolved<Row extends Stored, Event> {
  readonly stored: Row | null;
  readonly before: Row['state'] | null;
  readonly after: Row['state'];
  readonly recorded: readonly Recorded<Event>[];
  readonly doing: Doing;
}

/** The record and the act, as they are when it is decided. */
export interface Prepared<Row, Act> {
  readonly stored: Row | null;
  readonly act: Act;
}

/** How one kind of record is acted on. */
export interface RecordKind<
  Row extends Stored,
  Act extends { readonly verb: string },
  Event extends { readonly type: string },
> {
  /** What the types of its commands begin with, the dot included. */
  readonly prefix: string;
  readonly table: OwnTable;
  /** The verb that makes a record of it: the only one that may find none. */
  readonly making: Act['verb'];
  readonly isVerb: (verb: string) => verb is Act['verb'];
  readonly parse: (
    verb: Act['verb'],
    args: unknown,
  ) => Result<Act, { readonly path: string; readonly problem: string }>;
  readonly find: (target: RecordId) => Promise<Row | null>;
  /** Whether an actor may know of this one, or of any when it is not made yet. */
  readonly mayRead: (actor: Actor, state: Row['state'] | null) => boolean;
  /** The one answer for what is not there and for what its author may not read. */
  readonly absent: (target: RecordId) => RefusalContent;
  /** What must be known, refused or written before the act is decided; what it writes stays also when that refuses. */
  readonly prepare?: (
    stored: Row | null,
    act: Act,
    asked: Pick<Around<Event>, 'actor' | 'target' | 'now'>,
  ) => Promise<Result<Prepared<Row, Act>, RefusalContent>>;
  readonly decide: (
    state: Row['state'] | null,
    act: Act,
    around: Around<Event>,
  ) => Promise<Result<Verdict<Event>, RefusalContent>>;
  readonly evolve: (state: Row['state'] | null, recorded: Recorded<Event>, target: RecordId) => Row['state'];
  /** Keeps what became of the record and shows it. */
  readonly keep: (evolved: Evolved<Row, Event>) => Promise<void>;
  /** What comes of it elsewhere, when all of the act itself is kept and told. */
  readonly follow?: (folded: readonly Folded<Row['state'], Event>[], now: number) => Promise<void>;
}

export class RecordActs<
  Row extends Stored,
  Act extends { readonly verb: string },
  Event extends { readonly type: string },
> {
  readonly #parts: ActParts;
  readonly #kind: RecordKind<Row, Act, Event>;

  constructor(parts: ActParts, kind: RecordKind<Row, Act, Event>) {
    this.#parts = parts;
    this.#kind = kind;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const kind = this.#kind;
    const verb = type.slice(kind.prefix.length);
    if (!kind.isVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const stored = await kind.find(target);
    const isHidden = !kind.mayRead(actor, stored?.state ?? null) || (stored === null && verb !== kind.making);
    if (isHidden || (stored === null && (await isTakenElsewhere(this.#parts.db, target, kind.table))))
      return refused(kind.absent(target));
    const act = kind.parse(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const prepared = await kind.prepare?.(stored, act.value, { actor, target, now });
    if (prepared?.ok === false) return refused(prepared.refusal);
    return this.#decide(prepared?.value ?? { stored, act: act.value }, command, doingOf(command, actor, now));
  }

  /** Chains events to a record, keeps what they make of it and shows it; nothing when there are none. */
  async write(
    stored: Row | null,
    target: RecordId,
    events: readonly Event[],
    doing: Doing,
  ): Promise<readonly Folded<Row['state'], Event>[]> {
    const { evolve, keep } = this.#kind;
    const before = stored?.state ?? null;
    const folded = await chainEvents(this.#parts.events, target, before, events, evolve, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return folded;
    await keep({ stored, before, after, recorded: folded.map((each) => each.recorded), doing });
    return folded;
  }

  /** Tells people of a record of this kind, each once by an id that follows from the cause. */
  tell(tell: readonly Tell[], record: RecordId, cause: string, at: number): Promise<void> {
    const { process } = keptIn(this.#kind.table);
    return tellPeople(this.#parts.projection, tell, { process, record }, cause, at);
  }

  async #decide(
    { stored, act }: Prepared<Row, Act>,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { numbers } = this.#parts;
    const { actor, at: now, clientAt } = doing;
    const { id, target } = command;
    const { process, numbered } = keptIn(this.#kind.table);
    const state = stored?.state ?? null;
    const number = numbered && state === null ? await numbers.forRecord(process, now, command) : null;
    const verdict = await this.#kind.decide(state, act, {
      ...{ actor, now, clientAt, target, number: number?.text ?? null },
      directory: await this.#parts.directory(),
      since: state === null ? [] : await unseenBy<Event>(command, this.#parts),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, also = [], tell, superseded } = verdict.value;
    if (superseded !== undefined) {
      await this.tell(tell, target, id, now);
      return { outcome: 'superseded', ...superseded };
    }
    const folded = await this.write(stored, target, events, doing);
    if (number?.isNext === true) await numbers.take(process, now);
    await this.tell(tell, target, id, now);
    for (const each of also) {
      const other = await this.#kind.find(each.target);
      await this.#kind.follow?.(await this.write(other, each.target, each.events, doing), now);
    }
    await this.#kind.follow?.(folded, now);
    return applied(state, folded.at(-1)?.after ?? state);
  }
}
