import { pino } from 'pino';
import type { Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

/** Headers and fields that would bring a person or a secret into the log, wherever they stand. */
const PRIVATE = ['cookie', 'authorization', 'password', 'token', 'email', 'name', 'text', 'body', 'args'];

/**
 * The process's log: JSON lines on standard error. It tells what happened by ids, routes and codes,
 * never what people wrote or who they are by name. `file` takes it instead of standard error.
 */
export function openLog(level: LogLevel, file?: string): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: PRIVATE.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '…' },
      serializers: { error: describeError },
    },
    pino.destination({ dest: file ?? 2, sync: level === 'debug' || level === 'trace' }),
  );
}

/** An error without its message's particulars of people: class, code and the place in our code. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error ? error.code : undefined;
  return { kind: error.name, code, message: error.message, stack: error.stack?.split('\n').slice(1, 8) };
}
