/** A scenario: what is done to each server in turn, and what numbers it gives. */
import type { ServerName } from '../servers/server.ts';

export interface Occasion {
  readonly server: ServerName;
  readonly short: boolean;
  /** Counts from 0. */
  readonly repeat: number;
  readonly profile: string | undefined;
}

/** A column of a scenario's table. */
export interface Column {
  readonly name: string;
  readonly unit: string;
  /** Decimals that mean something. */
  readonly digits: number;
}

/** Values by name of the column; what a server does not have, it leaves out. */
export type Figures = Readonly<Record<string, number>>;

export interface Scenario {
  /** For the command line. */
  readonly name: string;
  readonly title: string;
  /** How it is measured, in a sentence or two. */
  readonly how: string;
  readonly servers: readonly ServerName[];
  /** For what takes long or repeats itself inside: no more than this, whatever is asked for. */
  readonly repeatsAtMost?: number;
  readonly columns: readonly Column[];
  measure(occasion: Occasion): Promise<Figures>;
}
