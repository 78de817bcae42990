/** The tables of commands, of the events that they make, of records and of what people are told: see schema.ts. */
import type { ColumnType, Generated } from 'kysely';

export interface CommandTable {
  id: string;
  person: string;
  type: string;
  target: string;
  /** JSON, canonical. */
  args: string;
  /** JSON of the outcome without the id. */
  outcome: string;
  at: number;
}

export interface EventTable {
  seq: number;
  record: string;
  /** Counts the events of its record from 1. */
  version: number;
  type: string;
  /** JSON, canonical: the whole event with its type. */
  data: string;
  actor: string;
  at: number;
  client_at: number;
  /** SHA-256, hex, of the event before it; 64 zeros for the first. */
  prev_hash: string;
  hash: string;
}

export interface RecordTable {
  /** Row id of the record's entry in `record_text`. */
  key: Generated<number>;
  id: string;
  process: string;
  number: string | null;
  version: number;
  state: string;
  title: string;
  kind: string;
  priority: number;
  impact: number;
  urgency: number;
  requester: string;
  team: string | null;
  owner: string | null;
  service: string | null;
  category: string | null;
  channel: string;
  restricted_to: string | null;
  /** JSON: who is named as a reader; null when nobody is. */
  readers: string | null;
  created_at: number;
  updated_at: number;
  resolved_at: number | null;
  closed_at: number | null;
  snoozed_until: number | null;
  merged_into: string | null;
  /** Where it stands as a major incident, and how severe; null for what never was proposed as one. */
  major: string | null;
  severity: number | null;
  /** 1 while one of its calls goes on. */
  calling: Generated<number>;
  /** 1 for what was made to practise. */
  drill: Generated<number>;
  /** How often it was taken up again after it was resolved. */
  reopened: Generated<number>;
  /** Code of its last resolution. */
  resolution: string | null;
  /** What its title says of what is wrong: `symptomOf` of the domain. */
  symptom: Generated<string>;
  source: string | null;
  external_id: string | null;
  /** SHA-256 of the imported history and how many of the record's first events came with it. */
  import_hash: string | null;
  import_events: number | null;
  /** 1 while the record has a row on its board. */
  live: number;
  /** JSON: the whole Ticket. */
  data: string;
}

/** What configuration items a record is about; `record` is the key of its row. */
export interface RecordItemTable {
  item: string;
  record: number;
}

/** Full-text index over records; its row id is `record.key`. `notes` is for staff only. */
export interface RecordTextTable {
  rowid: ColumnType<number, number, never>;
  number: string;
  title: string;
  description: string;
  conversation: string;
  notes: string;
  /** What staff write together in the room. */
  room: string;
}

/** Another name of a record that stays valid for ever: the token shown before there was a number. */
export interface AliasTable {
  token: string;
  record: string;
}

export interface CounterTable {
  process: string;
  year: number;
  next: number;
}

/** What the inbox document of a person is made from. */
export interface InboxItemTable {
  id: string;
  person: string;
  at: number;
  kind: string;
  process: string | null;
  record: string | null;
  /** JSON. */
  detail: string;
  read_at: number | null;
}
