import type { ColumnType, Generated } from 'kysely';

/** A problem. Its events are in `event`, with its id as their record. */
export interface ProblemTable {
  /** Row id of its entry in `problem_text`. */
  key: Generated<number>;
  id: string;
  number: string | null;
  version: number;
  state: string;
  title: string;
  priority: number;
  service: string | null;
  team: string | null;
  owner: string | null;
  major: number;
  known_error: number;
  made_by: string;
  made_at: number;
  updated_at: number;
  ended_at: number | null;
  /** When whoever answers for it is to be reminded; null while nothing of it waits for time to pass. */
  due_at: number | null;
  /** 1 while it has a row on the board. */
  live: number;
  /** JSON: Problem. */
  data: string;
}

/** An incident that a problem named, at any time. */
export interface ProblemIncidentTable {
  incident: string;
  /** `problem.key`. */
  problem: number;
}

/** Full-text index over problems; its row id is `problem.key`. */
export interface ProblemTextTable {
  rowid: ColumnType<number, number, never>;
  number: string;
  title: string;
  told: string;
  room: string;
}
