import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ProblemError } from './problem.ts';

const MIB = 1024 * 1024;
export const MAX_JSON_BYTES = 2 * MIB;

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
  try {
    JSON.parse(text);
  } catch (error) {
    const what = error instanceof Error ? error.message : 'not JSON';
    throw new ProblemError('malformed-json', what, { faults: [{ where: placeOf(what, text), what }] });
  }
  await next();
};

/** Where it breaks, when the parser says; for short bodies it shows the spot in its message instead. */
function placeOf(message: string, text: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return 'body';
  const before = text.slice(0, Number(position)).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
