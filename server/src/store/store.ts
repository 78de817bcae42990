import type { InboxItem } from '@muster/documents';
import type { GateAnswer, GateQuestion } from '@muster/domain/release';
import type {
  Actor,
  CommandEnvelope,
  CommandOutcome,
  Instant,
  ItemId,
  PersonId,
  RecordId,
  ServiceId,
  Ticket,
  Recorded,
  TicketEvent,
  TicketProcess,
} from '@muster/domain/shared';
import type { Compilable, Kysely } from 'kysely';
import type { ImportBatch, Origin, PlannedImport } from '../import/configuration/import-work.ts';
import type { ReadAs } from '../import/configuration/read-file.ts';
import type { AlertPiece } from './alerts.ts';
import type { RoomHistory } from './rooms.ts';
import type { Database } from './schema.ts';
import type { Answered, Asked, TrendKind } from './trend/questions.ts';

/**
 * The one interface to what is on disk. The implementation owns a writer thread (every write, commands included,
 * commits in groups with synchronous=FULL) and reader threads for lists, search and exports.
 * A promise that resolves means: it is on disk.
 */
export interface Store {
  /** Which store this is, between two restores; the same for as long as it is open. */
  readonly era: StoreEra;
  readonly documents: DocumentLog;
  /** Rooms as they stood at any instant. */
  readonly rooms: RoomHistory;
  readonly commands: CommandRunner;
  /** What many records show together. */
  readonly trends: TrendDesk;
  /** Reads and plans imports of the configuration, each on a thread of its own. */
  readonly imports: ImportPlanners;
  /** What is told by how things hang together now. */
  readonly map: MapDesk;
  /** Works off up to `limit` alerts of those taken in, in one transaction. */
  workAlerts(limit: number): Promise<AlertPiece>;
  /** Puts items into inboxes, each once by its id, all or none. */
  tell(told: readonly Told[]): Promise<void>;
  /** Queries and single writes run in the writer thread, one statement a transaction. For access and settings. */
  readonly writer: Kysely<Database>;
  /** Runs compiled statements of the writer in order in one transaction: all or nothing. */
  together(statements: readonly Compilable[]): Promise<void>;
  /** Read-only connection on another thread: lists, search, reports. */
  readonly reader: Kysely<Database>;
  /** Rereads people, teams, services and settings from SQL and writes what differs to the directory document. */
  refreshDirectory(): Promise<void>;
  backup(file: string): Promise<void>;
  verify(): Promise<VerifyReport>;
  status(): Promise<StoreStatus>;
  /** Called when writes begin or cease to fail, for example on a full disk. */
  onHealth(listener: (health: StoreHealth) => void): () => void;
  /** Called after each group commit, for those who watch. */
  onGroup(listener: (group: GroupReport) => void): () => void;
  close(): Promise<void>;
}

/** Answers by the map of the configuration, which the writer keeps. */
export interface MapDesk {
  /** Whether a machine may deploy. */
  mayDeploy(question: GateQuestion, now: Instant): Promise<GateAnswer>;
  /** The services that fall with each of these sets of items, in their places. */
  servicesOf(sets: readonly (readonly ItemId[])[]): Promise<readonly (readonly ServiceId[])[]>;
}

/** Answers over all records, on a thread of its own. */
export interface TrendDesk {
  /**
   * An abort ends the work on it. Rejects with BoundaryError: `store/busy` when too many wait, `store/too-much` when it
   * takes too long, `store/not-asked` when it was given up.
   */
  ask<Kind extends TrendKind>(
    kind: Kind,
    asked: Asked<Kind>,
    actor: Actor,
    signal?: AbortSignal,
  ): Promise<Answered<Kind>>;
}

export interface ImportPlanners {
  /** An abort ends the thread in the middle of its work: what is asked of it rejects with `store/closed`. */
  open(signal: AbortSignal): Promise<ImportPlanner>;
}

/** One import: planned, then worked off batch by batch. */
export interface ImportPlanner {
  plan(bytes: Uint8Array, as: ReadAs, actor: Pick<Actor, 'id' | 'permissions'>): Promise<PlannedImport>;
  standing(): Promise<readonly Origin[]>;
  next(): Promise<ImportBatch>;
  settle(
    outcomes: readonly CommandOutcome[],
  ): Promise<{ readonly done: number; readonly origins: readonly Origin[] }>;
  /** An `ImportReport` as JSON in UTF-8. */
  report(mode: 'plan' | 'done'): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** News for a person that follows from no act on a record. */
export interface Told {
  readonly person: PersonId;
  readonly item: InboxItem;
}

/** One group commit: what went to disk together, and how long the disk took. */
export interface GroupReport {
  readonly jobs: number;
  /** Jobs that queued meanwhile: how far the writer is behind. */
  readonly waiting: number;
  /** From its begin to the disk's answer, in ms. */
  readonly ms: number;
  /** Names of the documents whose logs grew, and by how many updates. */
  readonly grown: ReadonlyMap<string, number>;
}

/** The time between two restores of a store. What was said to clients in another era may not have happened in this one. */
export interface StoreEra {
  /** A name that no other era has. */
  readonly era: string;
  /** Counts restores from 1. */
  readonly generation: number;
  /** The restore that began this era; null for a store that never was restored. `backupTakenAt` is null when not known. */
  readonly restored: { readonly at: number; readonly backupTakenAt: number | null } | null;
}

export interface DocumentHead {
  readonly name: string;
  readonly epoch: number;
  readonly layout: number;
  readonly headSeq: number;
  /** Set when a checksum failed: readable as far as it verifies, never writable. */
  readonly damaged: boolean;
}

export interface LoadedDocument extends DocumentHead {
  /** Newest snapshot whose hash verifies, as a Yjs update; null when there is none. */
  readonly snapshot: Uint8Array | null;
  /** Updates after the snapshot in order of sequence. */
  readonly tail: readonly Uint8Array[];
}

export interface AppendRequest {
  readonly name: string;
  readonly person: PersonId;
  readonly session: string;
  /** Yjs client ids inside the update, bound to the person in the same transaction. */
  readonly clientIds: readonly number[];
  /** Those of them under which somebody else shows themselves in the document: not to be bound anew. */
  readonly claimedByOthers?: readonly number[];
  readonly update: Uint8Array;
  /**
   * It came as the first step 2 of a connection: after a restore it may bring back what others wrote, as far as the
   * store allows (see recovery.ts).
   */
  readonly recovering?: boolean;
  /** It alters what the record may have locked: the plans of a change. */
  readonly lockable?: boolean;
}

export interface CommittedUpdate {
  readonly name: string;
  readonly seq: number;
  readonly update: Uint8Array;
}

/** Others may read a record from now on. */
export interface AudienceChange {
  readonly record: RecordId;
  /** Boards that show it now. */
  readonly shown: readonly string[];
  /** Boards that showed it and do no more, each written down anew without it. */
  readonly left: readonly string[];
  /** Earlier epochs of these, which showed it too: gone at once. */
  readonly ended: readonly string[];
}

export type AppendOutcome =
  | { readonly ok: true; readonly seq: number }
  /** Nothing was kept but the rejected bytes. */
  | { readonly ok: false; readonly code: AppendRefusal };

export type AppendRefusal =
  /** A client id in the update belongs to somebody else. */
  | 'client-id-bound'
  /** It alters what the record has locked. */
  | 'locked'
  | 'no-such-document'
  | 'damaged';

export interface CurrentName {
  readonly name: string;
  /** Team that alone may read it; null for all staff. */
  readonly restrictedTo: string | null;
}

export interface DocumentLog {
  /**
   * Loads a document; makes the documents of a record (record, journal, room) or person (inbox, draft)
   * on first use from SQL. Null when there is no such record, person or epoch.
   */
  load(name: string): Promise<LoadedDocument | null>;
  append(request: AppendRequest): Promise<AppendOutcome>;
  /** Adds updates of one document in this order, each kept or refused by itself; rejects when none can be written. */
  appendAll(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]>;
  /** Keeps bytes that the guard refused, for the person to recover from. */
  keepRejected(name: string, person: PersonId, update: Uint8Array, code: string): Promise<void>;
  /** Every committed update of documents that the server writes, in commit order. */
  onCommitted(listener: (updates: readonly CommittedUpdate[]) => void): () => void;
  /** Current names of documents with epochs: the directory, and the boards that are no single person's. */
  currentNames(): Promise<readonly CurrentName[]>;
  onEpoch(
    listener: (change: { readonly old: string; readonly next: string; readonly reason: string }) => void,
  ): () => void;
  /** Told after the updates that show it: whoever may not read a record any more is to be let go. */
  onAudience(listener: (change: AudienceChange) => void): () => void;
  /** A person's own boards of the records that name them as a reader, one a process, made when there are none. */
  ownBoards(person: PersonId, processes: readonly TicketProcess[]): Promise<readonly string[]>;
  /** Rebuilds a board or the directory from SQL under its next epoch. */
  rotate(name: string, reason: string): Promise<string>;
  /** Folds tails into snapshots for documents that grew; also runs by itself. */
  compact(name: string): Promise<void>;
}

export interface CommandRunner {
  /** Runs commands in order, each all or nothing, the batch in one group commit. Same id, same outcome. */
  run(commands: readonly CommandEnvelope[], actor: Actor): Promise<readonly CommandOutcome[]>;
  /** Writes whole histories with their own times and actors (import, demonstration data). Idempotent by (source, externalId). */
  importHistories(
    histories: readonly History[],
    options: { readonly dryRun: boolean },
  ): Promise<readonly HistoryOutcome[]>;
  /** Runs commands as if each had come at its time, for a demonstration; nobody is told of what is long past. */
  actOut(acts: readonly PastAct[]): Promise<readonly CommandOutcome[]>;
}

export interface PastAct {
  readonly command: CommandEnvelope;
  readonly actor: Actor;
  /** Epoch ms. */
  readonly at: number;
}

/** A record's past, told by its events. Versions and sequence numbers are given by the store. */
export interface History {
  readonly source: string;
  readonly externalId: string;
  readonly id: RecordId;
  /** Number of the source to keep as the record's number; null takes the next of ours. */
  readonly number: string | null;
  readonly events: readonly { readonly event: TicketEvent; readonly actor: PersonId; readonly at: number }[];
}

export interface HistoryOutcome {
  readonly externalId: string;
  readonly outcome: 'made' | 'updated' | 'unchanged' | 'set-aside';
  readonly reason?: string;
}

export interface StoredTicket {
  readonly ticket: Ticket;
  readonly events: readonly Recorded<TicketEvent>[];
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly events: number;
  readonly records: number;
  readonly documents: number;
  /** First difference of each kind found, in words; empty when all is well. */
  readonly findings: readonly string[];
  /** Rooms whose newest words are not searchable yet: they are indexed within seconds, by a running server. */
  readonly roomsNotIndexed: number;
}

export interface StoreStatus {
  readonly bytes: number;
  readonly documents: number;
  readonly records: number;
  readonly events: number;
  readonly lastBackupAt: number | null;
  /** Documents that could not be folded three times in a row: still written, but growing. */
  readonly setAside: readonly string[];
  /** Documents with a wrong checksum: read-only. */
  readonly damaged: readonly string[];
}

export type StoreHealth =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'disk-full' | 'io-error' | 'stopped'; readonly text: string };
