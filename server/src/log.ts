import { pino } from 'pino';
import type { Logger } from 'pino';
import { ConfigError } from './config.ts';
import type { LogLevel } from './config.ts';
import { BoundaryError } from './store/boundary-error.ts';

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

/** Where in a file a line of a stack says that it was: a message of several lines may look like one without it. */
const STACK_LINE = /^\s*at .*:\d+:\d+\)?$/;
const STACK_LINES = 7;

/**
 * Which error it was and where in our code. Its message only when we wrote that ourselves: others quote what they
 * stumbled over, as JSON.parse does, and that may be what somebody wrote. An error that crossed from another thread
 * has the stack of there as its cause.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const isOurs = error instanceof BoundaryError || error instanceof ConfigError;
  return {
    kind: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    message: isOurs ? error.message : undefined,
    stack: placesIn(error),
    ...(error.cause !== undefined && { cause: describeCause(error.cause, error.message) }),
  };
}

function describeCause(cause: unknown, message: string): unknown {
  if (cause instanceof Error) return { kind: cause.name, stack: placesIn(cause) };
  return { stack: typeof cause === 'string' ? places(cause, message) : undefined };
}

function placesIn({ message, stack = '' }: Error): readonly string[] {
  return places(stack, message);
}

/** Without the message, which stands at the head of a stack and may hold anything. */
function places(stack: string, message: string): readonly string[] {
  const at = stack.indexOf(message);
  return (at < 0 ? stack : stack.slice(at + message.length))
    .split('\n')
    .filter((line) => STACK_LINE.test(line))
    .slice(0, STACK_LINES);
}
