import type { CommandEnvelope, CommandId, Outcome, RecordId } from '@muster/domain/shared';
import type { DBSchema } from 'idb';

/** One step is added to local-upgrade.ts for each change of the stores below; the number is the database's version. */
export const LOCAL_SCHEMA_VERSION = 2;

/** One Yjs update as it was made here or came from the server. */
interface StoredUpdate {
  readonly name: string;
  readonly bin: Uint8Array;
}

/** A whole document up to some update. `generation` counts rewrites, so that tabs notice each other's. */
interface StoredSnapshot {
  readonly name: string;
  readonly bin: Uint8Array;
  readonly generation: number;
}

/** How often each tab has written work of its own that nobody has taken note of as sent. */
export type UnsentMarks = Readonly<Record<string, number>>;

/** What is known of a document without loading it. */
export interface StoredDocument {
  readonly name: string;
  /** True while something made on this device has not been acknowledged by the server. */
  readonly unsent: boolean;
  /** Which tabs made that, each with the count of its writes; missing in what older versions wrote. */
  readonly unsentBy?: UnsentMarks;
  /** When a person last opened it, epoch ms; 0 for those that are always held. */
  readonly usedAt: number;
  /** The record's version when the local copy was last complete; 0 when unknown. */
  readonly heldVersion: number;
  /** True after the store was restored, until the server has served it in the era that began then. */
  readonly awaited?: boolean;
}

/** A command that waits for its answer, or whose answer the board does not show yet. */
export interface StoredCommand {
  /** Order of making on this device, over all tabs. */
  readonly order: number;
  readonly id: CommandId;
  readonly envelope: CommandEnvelope;
  /** Set once applied: the version at which the board shows it. */
  readonly applied: { readonly version: number; readonly number: string | null; readonly at: number } | null;
  /** The era in which it was made: what its `basis` counts in. */
  readonly era?: string | null;
  /** Set when it was applied in an era that a restore ended, and is brought again. */
  readonly again?: Again;
}

interface Again {
  /** The number that the record it made had. */
  readonly number: string | null;
  /** Whether it came after the backup, as far as this device can tell: then the store does not know it. */
  readonly lost: boolean;
}

/** A command that the server applied, kept for some days: a store put back from a backup may not know it. */
export interface StoredAcknowledged {
  /** As in the outbox. */
  readonly order: number;
  readonly id: CommandId;
  readonly envelope: CommandEnvelope;
  readonly era: string | null;
  readonly number: string | null;
  /** When it was applied, epoch ms of the server. */
  readonly at: number;
}

/** What became of a restore on this device, for its person to be told. */
export interface StoredRestoration {
  readonly era: string;
  /** When the store was restored and when the backup was taken, epoch ms of the server; null when not known. */
  readonly at: number;
  readonly backupTakenAt: number | null;
  /** When this device heard of it, epoch ms of the device. */
  readonly heardAt: number;
  /** Lost acts of this device: how many there were, were applied again, were refused. */
  readonly lost: number;
  readonly applied: number;
  readonly refused: number;
  readonly renumbered: readonly Renumbered[];
  /** Whether the person has put the notice away. */
  readonly told: boolean;
}

interface Renumbered {
  readonly record: RecordId;
  readonly was: string;
  readonly is: string;
}

/** An act that was answered with no: kept until a person has dealt with it. */
export interface StoredAttention {
  readonly id: CommandId;
  readonly at: number;
  readonly envelope: CommandEnvelope;
  readonly outcome: Exclude<Outcome, { readonly outcome: 'applied' }>;
}

/** Words that the server would not take into a document: kept until a person has dealt with them. */
export interface StoredRescue {
  readonly id: string;
  readonly at: number;
  readonly document: string;
  readonly record: RecordId | null;
  readonly reason: string;
  readonly text: string;
}

interface StoredMeta {
  readonly key: string;
  readonly value: unknown;
}

export interface LocalSchema extends DBSchema {
  updates: { key: number; value: StoredUpdate; indexes: { name: string } };
  snapshots: { key: string; value: StoredSnapshot };
  documents: { key: string; value: StoredDocument };
  outbox: { key: number; value: Omit<StoredCommand, 'order'> & { order?: number }; indexes: { id: string } };
  acknowledged: { key: number; value: StoredAcknowledged };
  attention: { key: string; value: StoredAttention };
  rescued: { key: string; value: StoredRescue };
  meta: { key: string; value: StoredMeta };
}
