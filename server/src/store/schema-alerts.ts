/** The tables of alerts: see schema.ts. */
import type { Generated } from 'kysely';

/** A monitoring system that sends alerts. Its id is also that of the person who stands for it in histories. */
export interface AlertIntegrationTable {
  id: string;
  name: string;
  kind: string;
  team: string | null;
  service: string | null;
  /** JSON: AlertMapping. */
  mapping: string;
  /** JSON: AlertNumbers. */
  numbers: string;
  key_prefix: string;
  /** Null while the key is revoked. */
  key_hash: string | null;
  made_by: string;
  made_at: number;
  key_made_at: number;
  last_received_at: number | null;
  received: Generated<number>;
  malformed: Generated<number>;
  episodes: Generated<number>;
  folded: Generated<number>;
}

/** What was taken from monitoring systems and is not worked off yet, in order. A row goes with its last alert. */
export interface AlertIntakeTable {
  seq: Generated<number>;
  integration: string;
  received_at: number;
  /** JSON: AlertReport. */
  report: string;
  /** How many of its alerts are worked off, and how many of those ended an episode. */
  done: Generated<number>;
  ended: Generated<number>;
}

/** Payloads that could not be read, the last ones of each integration, for whoever has to mend the sender. */
export interface AlertMalformedTable {
  id: Generated<number>;
  integration: string;
  at: number;
  reason: string;
  /** Its beginning. */
  body: string;
}

/** Payloads as they came, the last ones of each integration, to try its mapping out with. Their keys are blotted out. */
export interface AlertReceivedTable {
  id: Generated<number>;
  integration: string;
  at: number;
  body: string;
}

/** What fired under a silence and waits for its end, by group. */
export interface AlertKeptTable {
  integration: string;
  group_key: string;
  /** When the first of it came. */
  since: number;
  /** The last payload that told of it: its place in the intake, and how much of it was worked off before. */
  seq: number;
  done: number;
  /** JSON: AlertReport. */
  report: string;
}

/** One episode of one alert. */
export interface AlertTable {
  integration: string;
  group_key: string;
  fingerprint: string;
  starts_at: number;
  state: 'firing' | 'resolved';
  record: string | null;
  name: string;
  /** JSON: the labels. */
  labels: string;
  url: string | null;
  received_at: number;
  resolved_at: number | null;
}
