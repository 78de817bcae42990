/** What can fail at the store's edge. `retry` says whether the same call may work later without anybody's help. */
export const STORE_FAILURES = {
  'store/disk-full': { retry: true, text: 'The disk is full. Nothing was written.' },
  'store/io-error': { retry: true, text: 'The disk could not be read or written. Nothing was written.' },
  'store/damaged': {
    retry: false,
    text: 'The database file is damaged. Keep it, put the last backup in its place as the README says, and start again.',
  },
  'store/missing': {
    retry: false,
    text: 'The database file is not there, but what lies beside it says that it was. Nothing was made in its place.',
  },
  'store/newer-than-code': { retry: false, text: 'The data was written by a newer version of Muster.' },
  'store/in-use': { retry: true, text: 'The data is being changed by another process.' },
  'store/no-transactions': { retry: false, text: 'Statements from outside the store commit one at a time.' },
  'store/busy': { retry: true, text: 'Too many questions wait for an answer. Ask again in a moment.' },
  'store/too-much': {
    retry: false,
    text: 'Counting takes too long. Ask for a shorter span, or for one service or team.',
  },
  'store/not-asked': { retry: true, text: 'Nobody waits for the answer any more.' },
  'store/closed': { retry: false, text: 'The store is closed.' },
  'store/stopped': { retry: false, text: 'The thread of the store has stopped.' },
} as const satisfies Record<string, { readonly retry: boolean; readonly text: string }>;

export type StoreFailure = keyof typeof STORE_FAILURES;

/** A boundary failed, not a rule: thrown, and mapped once to an HTTP status or a close code. */
export class BoundaryError extends Error {
  override readonly name = 'BoundaryError';
  readonly code: StoreFailure;
  readonly retry: boolean;

  constructor(code: StoreFailure, options: { readonly text?: string; readonly cause?: unknown } = {}) {
    super(options.text ?? STORE_FAILURES[code].text, { cause: options.cause });
    this.code = code;
    this.retry = STORE_FAILURES[code].retry;
  }
}

export function isBoundaryError(error: unknown): error is BoundaryError {
  return error instanceof BoundaryError;
}
