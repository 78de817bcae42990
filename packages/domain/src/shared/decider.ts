import type { Cause, RefusalContent } from './command.ts';
import type { Directory } from './directory.ts';
import type { PersonId, RecordId, ScheduleId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Actor } from './people.ts';
import type { Result } from './result.ts';

/** An event as it stands in a record's history. `version` counts the events of its record from 1. */
export interface Recorded<Event> {
  readonly seq: number;
  readonly version: number;
  readonly event: Event;
  readonly actor: PersonId;
  readonly at: Instant;
  readonly clientAt: Instant;
}

/** What a person must be told although nothing of theirs was refused: 'replaced: X by Y 14:02'. */
export interface Tell {
  readonly person: PersonId;
  readonly kind:
    | 'replaced'
    | 'handover-requested'
    | 'mentioned'
    | 'assigned'
    | 'replied'
    | 'reopened'
    | 'major-proposed'
    | 'command-offered'
    | 'command-passed'
    | 'role-assigned'
    | 'escalated'
    | 'threshold-passed'
    | 'report-due'
    | 'swap-asked'
    | 'swap-answered'
    | 'shift-changed'
    | 'called'
    | 'call-over'
    | 'call-used-up'
    | 'approval-asked'
    | 'approval-void'
    | 'approval-expired'
    | 'change-approved'
    | 'change-rejected'
    | 'change-scheduled'
    | 'change-task'
    | 'backout-offered'
    | 'board-item'
    | 'go-asked'
    | 'no-go'
    | 'step-assigned'
    | 'step-next'
    | 'no-return'
    | 'release-alarm'
    | 'rolling-back'
    | 'rolled-back'
    | 'retirement-asked'
    | 'item-review'
    | 'knowledge'
    | 'problem-item'
    | 'values-kept';
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A yes: the events to record (none when superseded) and who must be told. */
export interface Verdict<Event> {
  readonly events: readonly Event[];
  readonly tell: readonly Tell[];
  /**
   * Events of records in `context.related` that belong to the same act: the other end of a link, the survivor of a
   * merge. Recorded in the same transaction by the same actor, or not at all; each record folds its own.
   */
  readonly also?: readonly { readonly target: RecordId; readonly events: readonly Event[] }[];
  /** A part of the act that was not taken while the rest applies: told to its author as an act that was refused. */
  readonly leftOut?: { readonly act: { readonly verb: string }; readonly refusal: RefusalContent };
  /** The act came too late to matter: nothing of it applies, and its author is shown by what. */
  readonly superseded?: { readonly by: Cause; readonly reason: string };
}

/** Looks up who is on call; nobody is by a schedule that is gone. */
export type OnCall = (schedule: ScheduleId, at: Instant) => readonly PersonId[];

/** Whether a configuration item takes new tickets: one that was live when its naming was written does. */
export type ItemStanding = 'live' | 'retired';

/** Everything a decision may look at beside the record itself. The domain reads no clock and no store. */
export interface DecisionContext<State, Event> {
  readonly actor: Actor;
  readonly now: Instant;
  readonly clientAt: Instant;
  /** The record's id, also when it is not made yet. */
  readonly target: RecordId;
  /** Events of the record with a version above the command's basis, oldest first. */
  readonly since: readonly Recorded<Event>[];
  /** The number to give a new record; null in the browser, where numbers are not given. */
  readonly number: string | null;
  readonly directory: Directory;
  /** Who is on call by a schedule at a moment; left out in the browser, where nobody is called. */
  readonly onCall?: OnCall;
  /** What is known of a configuration item; left out where its state is not at hand, in the browser. */
  readonly itemStanding?: (item: RecordId) => ItemStanding | null;
  /** Other records named by the command (see `relatedTo`) and what they were merged into, when they may be read. */
  readonly related: ReadonlyMap<RecordId, State>;
}

/**
 * The heart of a process: pure, the same code in the browser and on the server.
 * `state` is null for a record that does not exist yet.
 */
export interface Decider<
  State,
  Command,
  Event,
  Refused,
  /** With the facts that a process looks at beside what all of them do. */
  Context extends DecisionContext<State, Event> = DecisionContext<State, Event>,
> {
  readonly decide: (
    state: State | null,
    command: Command,
    context: Context,
  ) => Result<Verdict<Event>, Refused>;
  readonly evolve: (state: State | null, recorded: Recorded<Event>, target: RecordId) => State;
  /** The ids of other records that `decide` needs in `context.related`. */
  readonly relatedTo: (command: Command) => readonly RecordId[];
}
