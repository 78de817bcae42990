/**
 * What crosses between the main thread and the store's threads: a request by number, and one message for each
 * group commit that carries all its answers and everything it made public, so that order is kept.
 */
import type { GateAnswer, GateQuestion } from '@muster/domain/release';
import type {
  Actor,
  CommandEnvelope,
  CommandOutcome,
  Instant,
  ItemId,
  PersonId,
  ServiceId,
  TicketProcess,
} from '@muster/domain/shared';
import type {
  AudienceChange,
  CommittedUpdate,
  CurrentName,
  History,
  HistoryOutcome,
  LoadedDocument,
  StoreHealth,
  StoreStatus,
  Told,
  VerifyReport,
  PastAct,
} from '../store.ts';
import type { ImportBatch, Origin, PlannedImport } from '../../import/configuration/import-work.ts';
import type { ReadAs } from '../../import/configuration/read-file.ts';
import type { AlertPiece } from '../alerts.ts';
import type { Replay, SittingsPage } from '../rooms.ts';
import type { Answered, Asked, TrendKind } from '../trend/questions.ts';
import type { Fold } from './documents/fold.ts';
import type { CommittedGroup } from './group-commit.ts';
import type { PackedAppends, PackedOutcomes } from './packed-appends.ts';
import type { CheckpointRow, SegmentRow } from './rooms/room-log.ts';
import type { Statement, StatementResult } from './statements.ts';
import type { EpochChange } from './write-unit.ts';

/** What came of packed appends: all outcomes in order, and the documents that got nothing because something broke. */
export interface AppendAnswer {
  readonly outcomes: PackedOutcomes;
  readonly failed: readonly { readonly name: string; readonly error: ErrorContent }[];
}

export type Operations = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Operations of the writer's thread. */
export type WriterOperations = {
  execute(statement: Statement): StatementResult;
  together(statements: readonly Statement[]): readonly StatementResult[];
  load(name: string): LoadedDocument | null;
  appendAll(packed: PackedAppends): Promise<AppendAnswer>;
  keepRejected(name: string, person: PersonId, update: Uint8Array, code: string): void;
  currentNames(): readonly CurrentName[];
  ownBoards(person: PersonId, processes: readonly TicketProcess[]): Promise<readonly string[]>;
  rotate(name: string, reason: string): string;
  keepFold(fold: Fold): boolean;
  foldFailed(name: string): number;
  prune(name: string): void;
  keepCheckpoint(checkpoint: CheckpointRow): void;
  keepSegment(segment: SegmentRow): boolean;
  pruneRaw(name: string): void;
  run(commands: readonly CommandEnvelope[], actor: Actor): readonly CommandOutcome[];
  actOut(acts: readonly PastAct[]): readonly CommandOutcome[];
  importHistories(
    histories: readonly History[],
    options: { readonly dryRun: boolean },
  ): readonly HistoryOutcome[];
  workAlerts(limit: number): AlertPiece;
  tell(told: readonly Told[]): void;
  refreshDirectory(): void;
  mayDeploy(question: GateQuestion, now: Instant): GateAnswer;
  servicesOf(sets: readonly (readonly ItemId[])[]): readonly (readonly ServiceId[])[];
  backedUp(at: number): void;
};

/** Operations of the reader's thread. */
export type ReaderOperations = {
  execute(statement: Statement): StatementResult;
  /** One answer for each name in its place, null for what the writer must be asked. */
  load(names: readonly string[]): readonly (LoadedDocument | null)[];
  status(): StoreStatus;
};

/** Operations of the keeper's thread: slow work over a connection of its own, never in the way of others. */
export type KeeperOperations = {
  fold(name: string): Fold | null;
  checkpoint(name: string): CheckpointRow | null;
  roomsDue(before: number): readonly string[];
  segment(name: string, before: number): SegmentRow | null;
  verify(): VerifyReport;
  backup(file: string, at: number): void;
};

/** Operations of the replayer's thread: rooms as they stood. */
export type ReplayerOperations = {
  contentAt(room: string, at: number, since: number | null): Replay<Uint8Array>;
  stateAt(room: string, at: number): Replay<Uint8Array>;
  recording(room: string): Replay<Uint8Array>;
  sittings(room: string, before: number | null, limit: number): Replay<SittingsPage>;
  exists(room: string): boolean;
};

/** Operations of the analyst's thread: trends over all records. */
export type AnalystOperations = {
  /** `given` turns to 1 when nobody waits for the answer any more. */
  ask(
    kind: TrendKind,
    asked: Asked<TrendKind>,
    by: { readonly actor: Actor; readonly now: number; readonly given: SharedArrayBuffer },
  ): Answered<TrendKind>;
};

/** Operations of the thread of one import of the configuration. */
export type PlannerOperations = {
  /** Before all others. `of` is how many commands it is. */
  plan(bytes: Uint8Array, as: ReadAs, actor: Pick<Actor, 'id' | 'permissions'>): PlannedImport;
  /** Items that are there already, by what the source calls them, which was not known yet. */
  standing(): readonly Origin[];
  /** The next commands; none when it is through. */
  next(): ImportBatch;
  settle(outcomes: readonly CommandOutcome[]): { readonly done: number; readonly origins: readonly Origin[] };
  /** An `ImportReport` as JSON in UTF-8: it may be large, and the main thread only passes it on. */
  report(mode: 'plan' | 'done'): Uint8Array;
};

export interface Request {
  readonly id: number;
  readonly operation: string;
  readonly args: readonly unknown[];
}

export interface ErrorContent {
  readonly message: string;
  readonly name: string;
  readonly code: string | null;
  readonly stack: string | undefined;
}

export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ErrorContent };

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-opened'; readonly error: ErrorContent }
  | {
      readonly kind: 'answers';
      readonly answers: readonly Answer[];
      readonly updates: readonly CommittedUpdate[];
      readonly epochs: readonly EpochChange[];
      readonly audiences?: readonly AudienceChange[];
      /** Documents whose log grew, and by how many updates. */
      readonly grown: ReadonlyMap<string, number>;
      /** How the group went; absent for answers of threads without groups, and of a group that failed. */
      readonly group?: CommittedGroup | undefined;
    }
  | { readonly kind: 'health'; readonly health: StoreHealth };

/** A thread's operations as its callers see them. */
export type Remote<Ops extends Operations> = <Name extends keyof Ops & string>(
  operation: Name,
  ...args: Parameters<Ops[Name]>
) => Promise<Awaited<ReturnType<Ops[Name]>>>;

/** A thread's operations as it implements them; the first argument is its own. */
export type Implemented<Ops extends Operations, First extends unknown[] = []> = {
  readonly [Name in keyof Ops]: (
    ...args: [...First, ...Parameters<Ops[Name]>]
  ) => ReturnType<Ops[Name]> | Promise<ReturnType<Ops[Name]>>;
};
