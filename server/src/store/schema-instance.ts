/** The tables of the store itself: which it is, what it was put back from, and its rules: see schema.ts. */
import type { Generated } from 'kysely';

/** One row: which store this is and how far it has come. See sqlite/instance.ts for what the marker beside it does. */
export interface InstanceTable {
  id: number;
  name: string;
  /** Counts restores from 1. Documents of an older generation are read again from the start by their readers. */
  generation: number;
  /** Counts group commits, so that a file put back from a copy is seen to be behind its marker. */
  commits: number;
  /** The last event of the chain and its hash, kept apart from it. */
  chain_seq: Generated<number>;
  chain_hash: Generated<string>;
  /** Set inside a backup file only: opening one is a restore. */
  backup_taken_at: number | null;
  last_backup_at: number | null;
  /** Name of the time since the last restore; see RestoreTable. */
  era: string;
  /** Known to the store alone; what its own ids are sealed with (see commands/derived-id.ts). */
  secret: Generated<string>;
}

/** One time that the store was put back from a copy; the line of the audit for it. */
export interface RestoreTable {
  /** The generation that began. */
  generation: number;
  /** A name that no other restore has, also of the same backup elsewhere. */
  era: string;
  at: number;
  /** When the copy was made; null when it does not say. */
  backup_taken_at: number | null;
  /** The last event that this history has in common with the one that was replaced. */
  event_seq: number;
}

/** Numbers that may have been given in the time that a restore lost: given to nobody but the records that had them. */
export interface NumberGapTable {
  process: string;
  year: number;
  first: number;
  last: number;
  generation: number;
}

/** Rules kept as data. See settings.ts for the keys that the store itself reads. */
export interface SettingTable {
  key: string;
  /** JSON. */
  value: string;
  updated_at: number;
}
