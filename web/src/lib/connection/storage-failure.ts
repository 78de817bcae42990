import { BoundaryError } from './boundary-error.ts';

/** Names that browsers give to a handle or transaction that died by no fault of ours. */
const LOST = ['InvalidStateError', 'AbortError', 'UnknownError', 'TransactionInactiveError', 'NotFoundError'];

/** True when a fresh handle may do better. */
export function isLostHandle(error: unknown): boolean {
  return error instanceof Silence || LOST.some((name) => isNamed(error, name));
}

/** Says of any failure of IndexedDB what a person can do with it. */
export function asStorageError(error: unknown): BoundaryError {
  if (error instanceof BoundaryError) return error;
  const because = { cause: error };
  if (isNamed(error, 'QuotaExceededError'))
    return new BoundaryError('storage-full', 'This device has no room left for the local copy.', because);
  if (isNamed(error, 'SecurityError'))
    return new BoundaryError('storage-missing', 'This browser keeps nothing for this page.', because);
  if (isNamed(error, 'VersionError'))
    return new BoundaryError(
      'storage-newer',
      'A newer Muster is at work on this device. Reload this page.',
      because,
    );
  return new BoundaryError('storage-lost', 'The local copy on this device cannot be reached.', because);
}

/** The disk was asked and says neither yes nor no. */
export class Silence extends Error {
  override readonly name = 'Silence';
}

/** Rejects with what `late` makes when `answer` takes longer than `patienceMs`; `answer` goes on by itself. */
export async function within<Value>(
  answer: Promise<Value>,
  patienceMs: number,
  late: () => Error,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), patienceMs);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** An aborted transaction fails its requests with AbortError; the reason is on the transaction. */
export async function causeOf(error: unknown, done: Promise<void>): Promise<unknown> {
  if (!isNamed(error, 'AbortError')) return error;
  return done.then(
    () => error,
    (reason: unknown) => reason ?? error,
  );
}

function isNamed(error: unknown, name: string): boolean {
  return (error as { readonly name?: unknown } | null)?.name === name;
}
