import type { DocumentName } from '@muster/documents';
import type { PersonId, RecordId } from '@muster/domain/shared';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

/**
 * The store as sync needs it: a part of `Store['documents']`, named here because imports run the other way.
 * A promise that resolves means: it is on disk.
 */
export interface DocumentPort {
  /** Null when there is no such document. Rejects when it cannot be read now; the caller may try again. */
  load(name: string): Promise<LoadedDocument | null>;
  /**
   * Adds updates in this order, each kept or refused by itself, and answers for each. Keeps the bytes for their author
   * also when it refuses them. Rejects when nothing can be written now: then none of them is there.
   */
  appendAll(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]>;
  /** Keeps bytes that the guard refused, for the person to recover from. */
  keepRejected(name: string, person: PersonId, update: Uint8Array, code: string): Promise<void>;
  /** Every committed update of documents that the server writes, in commit order. */
  onCommitted(listener: (updates: readonly CommittedUpdate[]) => void): () => void;
  onEpoch(listener: (change: EpochChange) => void): () => void;
  /** Told after the updates that show it. */
  onAudience(listener: (change: AudienceChange) => void): () => void;
}

export interface LoadedDocument {
  readonly name: string;
  readonly epoch: number;
  readonly layout: number;
  readonly headSeq: number;
  /** Readable as far as it verifies, never writable. */
  readonly damaged: boolean;
  readonly snapshot: Uint8Array | null;
  /** Updates after the snapshot in order of sequence. */
  readonly tail: readonly Uint8Array[];
}

export interface AppendRequest {
  readonly name: string;
  readonly person: PersonId;
  readonly session: string;
  /** Yjs client ids that write in the update, bound to the person with it. */
  readonly clientIds: readonly number[];
  /** Those of `clientIds` under which somebody else shows themselves in the document: not to be bound anew (SYN-47). */
  readonly claimedByOthers?: readonly number[];
  readonly update: Uint8Array;
  /** It holds the first step 2 of a connection: after a restore it may bring back what others wrote (SYN-32). */
  readonly recovering?: boolean;
  /** It alters what the record may have locked: the store, which knows the record, has the say. */
  readonly lockable?: boolean;
}

export interface CommittedUpdate {
  readonly name: string;
  readonly seq: number;
  readonly update: Uint8Array;
}

export type AppendOutcome =
  { readonly ok: true; readonly seq: number } | { readonly ok: false; readonly code: AppendRefusal };

export type AppendRefusal = 'client-id-bound' | 'locked' | 'no-such-document' | 'damaged';

export interface EpochChange {
  readonly old: string;
  readonly next: string;
  readonly reason: string;
}

/** Others may read a record from now on; its documents ask again who may. */
export interface AudienceChange {
  readonly record: RecordId;
  /** Boards that show it now. */
  readonly shown: readonly string[];
  /** Boards that showed it and do no more. */
  readonly left: readonly string[];
  /** Earlier epochs of these, gone at once. */
  readonly ended: readonly string[];
}

/** `write` reads too. A document that the server alone writes is nobody's to write. */
export type Right = 'none' | 'read' | 'write';

/**
 * What a session may do with documents. Asked when a document is opened, authority before existence, and again when
 * others may read its record.
 */
export interface AccessPort {
  rightTo(name: DocumentName): Right | Promise<Right>;
}

/** A signed-in person on one device, as the upgrade request proved it. */
export interface Session {
  readonly id: string;
  readonly person: PersonId;
  readonly name: string;
  /** Six-digit hex, for carets and faces. */
  readonly colour: string;
  readonly access: AccessPort;
}

/** One real socket. Implementations wrap `ws`; nothing here knows it. */
export interface Transport {
  /** Sends messages in this order, all with one write. Their bytes may be kept and shared: they do not change any more. */
  send(messages: readonly Uint8Array[]): void;
  close(code: number, reason: string): void;
  /** Bytes handed over and not yet taken by the network. */
  readonly bufferedAmount: number;
}

/** What a wrapped socket must be told. Neither call throws. */
export interface Connection {
  /** One binary message. The bytes may be kept: do not write into their buffer again. */
  receive(bytes: Uint8Array): void;
  /** The socket is gone, for whatever reason. */
  closed(): void;
}

/** Things worth a log line or a metric. */
export type HostEvent =
  | {
      readonly type: 'rejected';
      readonly name: string;
      readonly person: PersonId;
      readonly code: string;
      readonly text: string;
    }
  | { readonly type: 'malformed'; readonly session: string; readonly text: string }
  | {
      readonly type: 'closed';
      readonly session: string;
      readonly name: string | null;
      readonly code: number;
      readonly reason: string;
    }
  | { readonly type: 'load-failed'; readonly name: string; readonly cause: unknown }
  | { readonly type: 'append-failed'; readonly name: string; readonly cause: unknown }
  | { readonly type: 'fault'; readonly name: string | null; readonly cause: unknown };

/** Packs states away from the thread that serves sockets. */
export interface StatePacker {
  /**
   * The state that these updates make, packed and deflated (see `packed/`), proven to unpack to what a step 2 of it
   * would carry. Null when it does not pack.
   */
  pack(updates: readonly Uint8Array[]): Promise<Uint8Array | null>;
}

export interface HostOptions {
  readonly documents: DocumentPort;
  /** Without one every first open is a plain step 2. */
  readonly packer?: StatePacker;
  /** Overrides of `LIMITS`; told to clients in HELLO. */
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
  readonly report?: (event: HostEvent) => void;
}

export interface HostStatus {
  readonly openDocuments: number;
  /** Of these, those that have a Y.Doc in memory: somebody writes, or asked for a difference. */
  readonly liveDocuments: number;
  readonly connections: number;
  readonly readers: number;
  /** Updates handed to the store and not answered. */
  readonly appending: number;
}

/** What `DocumentHost` offers to the code that owns real sockets. */
export interface SyncHost {
  /**
   * A stock socket, one document: `/sync/<name>`. Answers at once; access and loading happen behind it, and frames
   * that come meanwhile wait in order. `extended` for `?ext=1` and more, `unpacks` for `?ext=2`. A raw name that is none closes with 4404.
   */
  openStock(
    session: Session,
    rawName: string,
    transport: Transport,
    options?: { readonly extended?: boolean; readonly unpacks?: boolean },
  ): Connection;
  /** Our own client's socket, many documents: `/sync`. Always extended. */
  openChannels(session: Session, transport: Transport, options?: { readonly unpacks?: boolean }): Connection;
  /** Closes every socket of a session, with 4401 unless told otherwise. */
  closeSession(sessionId: string, code?: number): void;
  /** Closes every socket of a person with 4501, so that access is asked again. */
  permissionsChanged(person: PersonId): void;
  /** Packs the states of these documents one after another, before their first readers come. Never rejects. */
  prepare(names: readonly string[]): Promise<void>;
  /** Takes no more sockets, closes all with 4503 spread over the time given, and resolves when nothing is being appended. */
  shutdown(spreadMs: number): Promise<void>;
  status(): HostStatus;
}
