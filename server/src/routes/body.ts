import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ProblemError } from './problem.ts';

const MIB = 1024 * 1024;
export const MAX_JSON_BYTES = 2 * MIB;
/** More than any route's schema has; what writes JSON again would run out of stack some thousands deeper. */
const MAX_DEPTH = 32;
const TOO_DEEP = `the body is nested more than ${MAX_DEPTH} levels deep`;

const tooLarge = (maxBytes: number) => () => {
  throw new ProblemError('too-large', `the body is over ${maxBytes / MIB} MiB`);
};

/** Refuses a body over the limit, also one that does not say its length. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return bodyLimit({ maxSize: maxBytes, onError: tooLarge(maxBytes) });
}

/**
 * For routes with a JSON body: refuses other media, and malformed JSON with the place where it breaks.
 * What the JSON must look like is the route's schema.
 */
export const strictJson: MiddlewareHandler = async (c, next) => {
  const media = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (media !== 'application/json') {
    throw new ProblemError(
      'unsupported-media',
      `send application/json, not ${media ?? 'a body without content-type'}`,
    );
  }
  const text = await c.req.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const what = error instanceof Error ? error.message : 'not JSON';
    throw new ProblemError('malformed-json', what, { faults: [{ where: placeOf(what, text), what }] });
  }
  if (isTooDeep(body)) throw new ProblemError('invalid-request', TOO_DEEP);
  await next();
};

export const isTooDeep = (body: unknown): boolean => isDeeperThan(MAX_DEPTH, body);

/** Whether lists and objects stand in one another more often than so; without recursion, which is what they would break. */
function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value].filter(isObject);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((each) => Object.values(each).filter(isObject));
  }
  return false;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where it breaks, when the parser says; for short bodies it shows the spot in its message instead. */
function placeOf(message: string, text: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return 'body';
  const before = text.slice(0, Number(position)).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
