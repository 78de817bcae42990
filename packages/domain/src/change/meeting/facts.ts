/** What decisions about boards and meetings look at, and how they answer. */
import { SYSTEM, ok, permissionsOf } from '../../shared/index.ts';
import type {
  Actor,
  Directory,
  Instant,
  PersonId,
  RecordId,
  Recorded,
  Result,
  Tell,
  Verdict,
} from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { Matched } from '../model/match.ts';
import type { MeetingEvent } from './acts.ts';
import type { MeetingBoard } from './board.ts';
import type { Meeting } from './meeting.ts';
import type { MeetingRefusal } from './refusals.ts';

export interface MeetingFacts {
  readonly boards: ReadonlyMap<RecordId, MeetingBoard>;
  /** Those of the board that are planned or live, and the last that were closed, in any order. */
  readonly meetings: readonly Meeting[];
  readonly changeOf: (id: RecordId) => Change | undefined;
  /** All that are not over. */
  readonly changes: () => readonly Change[];
  readonly matched: (change: Change) => Matched;
}

export interface MeetingContext {
  readonly actor: Actor;
  readonly now: Instant;
  readonly target: RecordId;
  readonly directory: Directory;
  /** Events that the act's author has not seen, oldest first. */
  readonly since: readonly Recorded<MeetingEvent>[];
  readonly facts: MeetingFacts;
}

export type MeetingAnswer = Result<Verdict<MeetingEvent>, MeetingRefusal>;

export function yes(events: readonly MeetingEvent[], tell: readonly Tell[] = []): MeetingAnswer {
  return ok({ events, tell });
}

/** Whether somebody of the directory may know of boards and meetings at all. */
export function mayLook(person: PersonId, { people }: Pick<Directory, 'people'>): boolean {
  const found = people.get(person);
  return found?.active === true && permissionsOf(found.roles).has('change.read');
}

export function manages({ actor }: { readonly actor: Actor }): boolean {
  return actor.id === SYSTEM || actor.permissions.has('change.manage');
}

/** Who came first with an event of one of these types, as far as the author had not seen it. */
export function firstBy(
  { since }: Pick<MeetingContext, 'since'>,
  ...types: readonly MeetingEvent['type'][]
): { readonly by?: Recorded<MeetingEvent>['actor']; readonly at?: Instant } {
  const found = since.findLast(({ event }) => types.includes(event.type));
  return found === undefined ? {} : { by: found.actor, at: found.at };
}
