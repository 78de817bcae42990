/** Everything that can fail at the edge of the client: the network, the server's answers, the disk. */
export type BoundaryCode =
  | 'network'
  | 'timeout'
  | 'signed-out'
  | 'forbidden'
  | 'not-found'
  | 'rejected'
  | 'overloaded'
  | 'server'
  | 'server-disk-full'
  | 'answer-malformed'
  | 'storage-full'
  | 'storage-lost'
  | 'storage-blocked'
  | 'storage-newer'
  | 'storage-missing';

/** Codes that pass by themselves: the same call may succeed later without anybody doing anything. */
const PASSING: ReadonlySet<BoundaryCode> = new Set([
  'network',
  'timeout',
  'overloaded',
  'server',
  'server-disk-full',
  'answer-malformed',
]);

export interface BoundaryErrorOptions {
  readonly cause?: unknown;
  /** HTTP status, when the server answered. */
  readonly status?: number;
  /** The problem's own stable code (`type` and `code` of RFC 9457), when the server named one. */
  readonly problem?: string;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What exactly was wrong in what was sent, when the server named it. */
  readonly faults?: readonly Fault[];
}

/** One fault in a request: the field (`email`, `2.args.title`) and what is wrong with it. */
export interface Fault {
  readonly where: string;
  readonly what: string;
}

/**
 * The one error of the client's boundaries. `message` is a sentence for people;
 * `retry` tells whether waiting is enough.
 */
export class BoundaryError extends Error {
  readonly code: BoundaryCode;
  readonly retry: boolean;
  readonly status: number | null;
  readonly problem: string | null;
  readonly retryAfterMs: number | null;
  readonly faults: readonly Fault[];

  constructor(code: BoundaryCode, message: string, options: BoundaryErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'BoundaryError';
    this.code = code;
    this.retry = PASSING.has(code);
    this.status = options.status ?? null;
    this.problem = options.problem ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.faults = options.faults ?? [];
  }
}
