import type { CommandId, PersonId, RecordId } from './ids.ts';
import type { Instant } from './instant.ts';

/** What a person asks for. `basis` is the version of the record that its author saw (0 for a record not made yet). */
export interface CommandEnvelope {
  readonly id: CommandId;
  /** `<process>.<verb>`, for example `incident.claim`. */
  readonly type: string;
  readonly target: RecordId;
  readonly args: unknown;
  readonly basis: number;
  readonly clientAt: Instant;
  /** The era of the store in which its author saw `basis`; a version of another era may be another one here. */
  readonly era?: string;
  /** For a record that a restore lost and that is made again: the number that people were told. */
  readonly formerly?: string;
}

/** A refusal as it travels: a stable code `process/reason` and the facts that explain it. Wording lives in web. */
export interface RefusalContent {
  readonly code: string;
  readonly [fact: string]: unknown;
}

/** Who did what and when: the other side of a lost race. */
export interface Cause {
  readonly person: PersonId;
  readonly at: Instant;
  /** Event type, for example `claimed`. */
  readonly what: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export type Outcome =
  | { readonly outcome: 'applied'; readonly version: number; readonly number?: string }
  | { readonly outcome: 'refused'; readonly refusal: RefusalContent }
  | { readonly outcome: 'superseded'; readonly by: Cause; readonly reason: string };

/** The outcome of one command, as `POST /api/commands` answers it, in the order asked. */
export type CommandOutcome = Outcome & { readonly id: CommandId };
