/** The tables of documents, their logs and what is kept of rooms: see schema.ts. */
import type { DocumentKind } from '@muster/documents';
import type { Generated } from 'kysely';

export interface DocumentTable {
  name: string;
  kind: DocumentKind;
  /** The name without its epoch; all epochs of one board share it. */
  base: string;
  epoch: number;
  server_client_id: number;
  layout: number;
  /** Team that alone may read it; boards of a team only. */
  restricted_to: string | null;
  snapshot_seq: Generated<number>;
  head_seq: Generated<number>;
  /** Bytes of the newest snapshot and all updates after it. */
  bytes: Generated<number>;
  made_at: number;
  frozen_at: number | null;
  /** Set when a checksum failed: readable as far as it verifies, never writable. */
  damaged_at: number | null;
  failed_compactions: Generated<number>;
  /** Rooms: up to here the text is in the index. */
  indexed_seq: Generated<number>;
}

export interface DocumentUpdateTable {
  name: string;
  seq: number;
  person: string;
  session: string;
  bin: Uint8Array;
  /** CRC-32 of the whole row; see sqlite/row-sums.ts. */
  crc: number;
  at: number;
  /** 1 when it was brought back after a restore and may hold what others wrote; `person` is who brought it. */
  recovered: Generated<number>;
}

export interface DocumentSnapshotTable {
  name: string;
  /** The snapshot holds all updates up to this one. */
  seq: number;
  bin: Uint8Array;
  /** Of the whole row, as in the tables after it; see sqlite/row-sums.ts. */
  sha256: string;
  at: number;
}

/** Updates of a room that were kept raw for their time: see replay/segment.ts for what `bin` holds. */
export interface RoomSegmentTable {
  name: string;
  from_seq: number;
  to_seq: number;
  /** The least and the greatest time of its updates. */
  first_at: number;
  last_at: number;
  bin: Uint8Array;
  sha256: string;
}

/** A room at a sequence with who wrote what. Everything in it can be made again from segments and updates. */
export interface RoomCheckpointTable {
  name: string;
  seq: number;
  at: number;
  /** A Yjs update. */
  state: Uint8Array;
  /** See replay/checkpoint.ts; empty where a log was pruned before rooms were kept. */
  authors: Uint8Array;
  sha256: string;
}

export interface ClientBindingTable {
  name: string;
  client_id: number;
  person: string;
}

export interface RejectedUpdateTable {
  id: Generated<number>;
  name: string;
  person: string;
  bin: Uint8Array;
  code: string;
  at: number;
}
