/** What the bench asks of every server, ours and the peers alike. */
import type { Memory, Stalls, Usage } from './usage.ts';

export const SERVER_NAMES = [
  'muster',
  'muster-channels',
  'hocuspocus',
  'y-protocols',
  'relay',
  'batching-relay',
] as const;

export type ServerName = (typeof SERVER_NAMES)[number];

/** How a server wants to be spoken to. */
export type Dialect =
  /** y-websocket: one document a socket, named by the path. */
  | 'stock'
  /** y-websocket, with ours acknowledging. */
  | 'acknowledged'
  /** Ours as our own client speaks it: a socket of many documents. */
  | 'channels'
  /** Each frame begins with the document's name. */
  | 'hocuspocus'
  /** No answers: whatever comes goes to the others. */
  | 'relay';

export interface Started {
  /** `ws://127.0.0.1:port/…/`; a document's name is put behind it. */
  readonly address: string;
  readonly dialect: Dialect;
}

export interface Prepared {
  /** Names of documents that people may write. */
  readonly documents: readonly string[];
  /** Of people signed in; empty where nobody signs in. */
  readonly cookies: readonly string[];
  /** Ids of incidents that commands may change; none where there are no commands. */
  readonly incidents: readonly string[];
}

export interface BenchServer extends Started {
  /** Makes so many documents ready, each with the same few words in it, and people who may write them. */
  prepare(count: { readonly documents: number; readonly people: number }): Promise<Prepared>;
}

/** What boards are measured with. */
export interface BoardServer extends BenchServer {
  /** Makes a board of so many rows of its own. */
  readonly makeBoard?: (
    rows: number,
  ) => Promise<{ readonly name: string; readonly cookie: string | undefined }>;
  /** Takes a document as another has it. */
  readonly put?: (name: string, state: Uint8Array) => void;
}

export interface ServerApi {
  readonly [name: string]: (...args: never[]) => unknown;
  start(options: { readonly folder: string }): Promise<Started>;
  prepare(count: { readonly documents: number; readonly people: number }): Promise<Prepared>;
  makeBoard(rows: number): Promise<{ readonly name: string; readonly cookie: string | undefined }>;
  put(name: string, state: Uint8Array): void;
  usage(): Usage;
  memory(): Memory;
  /** Bytes of the process that are in memory, as it stands. */
  size(): number;
  watchStalls(): void;
  stalls(): Stalls;
  /** Ends the process by itself, so that a profile of it is written. */
  leave(): void;
}
