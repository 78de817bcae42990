import { BoundaryError, STORE_FAILURES } from '../boundary-error.ts';
import type { StoreFailure } from '../boundary-error.ts';
import { diskFailure } from './connection.ts';
import type { ErrorContent } from './protocol.ts';

/** An error as it crosses threads; a failure of the disk crosses as the BoundaryError it is. */
export function describeError(error: unknown): ErrorContent {
  const named = diskFailure(error) ?? error;
  if (!(named instanceof Error))
    return { message: String(named), name: 'Error', code: null, stack: undefined };
  const code = 'code' in named && typeof named.code === 'string' ? named.code : null;
  return { message: named.message, name: named.name, code, stack: named.stack };
}

/** An error of the database itself, for example a broken UNIQUE; `code` is SQLite's. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  readonly code: string | null;

  constructor(content: ErrorContent) {
    super(content.message);
    this.code = content.code;
    this.cause = content.stack;
  }
}

export function reviveError(content: ErrorContent): Error {
  if (content.name === 'BoundaryError' && isFailure(content.code)) {
    return new BoundaryError(content.code, { text: content.message, cause: content.stack });
  }
  return new StatementError(content);
}

function isFailure(code: string | null): code is StoreFailure {
  return code !== null && Object.hasOwn(STORE_FAILURES, code);
}
