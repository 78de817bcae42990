import type { ColumnType, Generated } from 'kysely';

/** A release. Its events are in `event`, with its id as their record. */
export interface ReleaseTable {
  /** Row id of its entry in `release_text`. */
  key: Generated<number>;
  id: string;
  number: string | null;
  version: number;
  state: string;
  kind: string;
  title: string;
  label: string;
  owner: string | null;
  made_by: string;
  begins_at: number | null;
  ends_at: number | null;
  made_at: number;
  updated_at: number;
  ended_at: number | null;
  /** When the clock is to look at it; null while nothing of it waits for time to pass. */
  due_at: number | null;
  /** 1 while it has a row on the board. */
  live: number;
  /** JSON: Release. */
  data: string;
}

/** Full-text index over releases; its row id is `release.key`. */
export interface ReleaseTextTable {
  rowid: ColumnType<number, number, never>;
  number: string;
  title: string;
  steps: string;
  room: string;
}

/** What a pipeline reports of a deployment: the last that is known of it. */
export interface DeploymentTable {
  id: string;
  /** How the pipeline calls it, once for each key or person that reports. */
  external: string;
  reporter: string;
  service: string;
  environment: string;
  version: string;
  release: string | null;
  change: string | null;
  outcome: string;
  at: number;
  finished_at: number | null;
  committed_at: number | null;
  updated_at: number;
}

/** What a machine asked at the gate, and what it was told. */
export interface GateAskTable {
  id: string;
  at: number;
  /** The key or person that asked. */
  asker: string;
  /** As it was asked. */
  service: string;
  environment: string;
  change: string | null;
  allow: number;
  /** JSON: the answer. */
  answer: string;
}
