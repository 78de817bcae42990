/**
 * What the commands of all records have in common around `decide`: who does it, the
 * chaining of its events, the answer, and who is told. What a process loads, stores and shows is its own.
 */
import type {
  Actor,
  CommandEnvelope,
  CommandId,
  CommandOutcome,
  Directory,
  Outcome,
  RecordId,
  RecordProcess,
  Recorded,
  RefusalContent,
  Tell,
} from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Eras } from './eras.ts';
import type { Events } from './events.ts';
import type { Numbers } from './numbers.ts';
import type { Projection } from './projection.ts';

export interface ActParts {
  readonly db: Kysely<Database>;
  readonly events: Events;
  readonly eras: Eras;
  readonly numbers: Numbers;
  readonly directory: () => Promise<Directory>;
  readonly projection: Projection;
  /** Runs a command that follows, in the same transaction. */
  readonly run: (command: CommandEnvelope, actor: Actor) => Promise<CommandOutcome>;
}

/** Who did it, when, and by which command. */
export interface Doing {
  readonly command: CommandId;
  readonly actor: Actor;
  readonly at: number;
  readonly clientAt: number;
}

/** An event with the record before it and the record that it made. */
export interface Folded<State, Event> {
  readonly before: State | null;
  readonly after: State;
  readonly recorded: Recorded<Event>;
}

/** No clock of a device runs ahead of the server's. */
export function doingOf(command: CommandEnvelope, actor: Actor, now: number): Doing {
  return { command: command.id, actor, at: now, clientAt: Math.min(command.clientAt, now) };
}

/** Gives events their places in the history, folds them into their record and chains them. */
export async function chainEvents<
  State extends { readonly version: number },
  Event extends { readonly type: string },
>(
  history: Events,
  target: RecordId,
  state: State | null,
  events: readonly Event[],
  evolve: (state: State | null, recorded: Recorded<Event>, target: RecordId) => State,
  { actor, at, clientAt }: Doing,
): Promise<readonly Folded<State, Event>[]> {
  if (events.length === 0) return [];
  const head = await history.head();
  const folded: Folded<State, Event>[] = [];
  for (const event of events) {
    const before: State | null = folded.at(-1)?.after ?? state;
    const place = { seq: head.seq + folded.length + 1, version: (before?.version ?? 0) + 1 };
    const recorded = { ...place, event, actor: actor.id, at, clientAt };
    folded.push({ before, after: evolve(before, recorded, target), recorded });
  }
  await history.append(
    head.hash,
    folded.map(({ recorded }) => ({ record: target, recorded })),
  );
  return folded;
}

/** Tells people of a record, each once by an id that follows from the cause. */
export async function tellPeople(
  projection: Projection,
  tell: readonly Tell[],
  about: { readonly process: RecordProcess; readonly record: RecordId },
  cause: string,
  at: number,
): Promise<void> {
  for (const [index, { person, kind, detail }] of tell.entries())
    await projection.tell(person, { id: `${cause}:${index}`, at, kind, ...about, detail });
}

/** A record as answers tell of it. */
export interface Versioned {
  readonly version: number;
  /** Left out where its kind has none. */
  readonly number?: string | null;
}

/** The answer to what went through: with the number, when it made the record. */
export function applied(before: unknown, after: Versioned | null): Outcome {
  const { version = 0, number = null } = after ?? {};
  return before === null && number !== null
    ? { outcome: 'applied', version, number }
    : { outcome: 'applied', version };
}

export function refused(refusal: RefusalContent): Outcome {
  return { outcome: 'refused', refusal };
}
