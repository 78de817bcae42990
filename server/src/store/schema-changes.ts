import type { ColumnType, Generated } from 'kysely';

/** A change. Its events are in `event`, with its id as their record. */
export interface ChangeTable {
  /** Row id of its entry in `change_text`. */
  key: Generated<number>;
  id: string;
  number: string | null;
  version: number;
  model: string;
  template: string | null;
  state: string;
  title: string;
  team: string | null;
  owner: string | null;
  made_by: string;
  risk: string | null;
  outage: number;
  begins: number | null;
  ends: number | null;
  result: string | null;
  made_at: number;
  updated_at: number;
  closed_at: number | null;
  /** When the first of those who are asked must have answered; null when nobody is, or while it is on hold. */
  due_at: number | null;
  /** 1 while it has a row on the board. */
  live: number;
  /** JSON: Change. */
  data: string;
}

/** Full-text index over changes; its row id is `change.key`. */
export interface ChangeTextTable {
  rowid: ColumnType<number, number, never>;
  number: string;
  title: string;
  tasks: string;
  room: string;
}

/** An item that a change touches which is not over. */
export interface ChangeItemTable {
  item: string;
  /** `change.key`. */
  change: number;
}

/** An incident that a change named as caused, at any time. */
export interface CausedIncidentTable {
  incident: string;
  /** `change.key`. */
  change: number;
}

/** A template of standard changes. Its events are in `event`, with its id as their record. */
export interface ChangeTemplateTable {
  id: string;
  version: number;
  revision: number;
  state: string;
  updated_at: number;
  /** JSON: ChangeTemplate. */
  data: string;
}
