/** The one place where what went wrong becomes an answer. */
import type { Context, ErrorHandler, Hono, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from '../log.ts';
import { isBoundaryError } from '../store/boundary-error.ts';
import type { StoreFailure } from '../store/boundary-error.ts';
import { ProblemError, problemResponse } from './problem.ts';
import type { ProblemCode } from './problem.ts';

export function answerErrors(log: Logger): ErrorHandler {
  return (error, c) => {
    const problem = problemOf(error);
    if (problem.code === 'internal') log.error({ error, route: routeOf(c) }, 'a request failed');
    else if (problem.code === 'disk-full' || problem.code === 'store-failing') {
      log.warn({ code: problem.code, route: routeOf(c) }, 'the store refused a request');
    }
    return problemResponse(problem);
  };
}

/** An address under `/api` that no route takes: with this method, or at all. */
export function answerNotFound(app: Hono): NotFoundHandler {
  return (c) => {
    const methods = methodsOf(app, c.req.path);
    if (methods.length === 0)
      return problemResponse(new ProblemError('not-found', `there is nothing at ${c.req.path}`));
    const problem = new ProblemError('method-not-allowed', `${c.req.path} takes ${methods.join(', ')}`);
    const answer = problemResponse(problem);
    answer.headers.set('allow', methods.join(', '));
    return answer;
  };
}

/** What the store refuses for reasons of its own; all else is that it fails. */
const CODES: ReadonlyMap<StoreFailure, ProblemCode> = new Map([
  ['store/disk-full', 'disk-full'],
  ['store/busy', 'too-many-requests'],
  ['store/too-much', 'takes-too-long'],
  ['store/not-asked', 'takes-too-long'],
]);

function problemOf(error: Error): ProblemError {
  if (error instanceof ProblemError) return error;
  const refused = causesOf(error).find(isBoundaryError);
  if (refused !== undefined) {
    const code = CODES.get(refused.code) ?? 'store-failing';
    const later = refused.retry || code === 'store-failing';
    return new ProblemError(code, refused.message, { cause: error, ...(later && { retryAfterSeconds: 5 }) });
  }
  if (error instanceof HTTPException && error.status === 400) {
    return new ProblemError('invalid-request', error.message, { cause: error });
  }
  return new ProblemError('internal', 'the server could not do this; its log says why', { cause: error });
}

/** The error and what caused it: the library of sessions wraps what the store says. */
function causesOf(error: Error): readonly Error[] {
  const causes: Error[] = [];
  let at: unknown = error;
  while (at instanceof Error && !causes.includes(at)) {
    causes.push(at);
    at = at.cause;
  }
  return causes;
}

function methodsOf(app: Hono, path: string): readonly string[] {
  const methods = app.routes
    .filter((route) => route.method !== 'ALL' && matches(route.path, path))
    .map((route) => route.method);
  return [...new Set(methods)];
}

function matches(pattern: string, path: string): boolean {
  if (!pattern.startsWith('/api/') || pattern.includes('*')) return false;
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at])
  );
}

/** The route's pattern, without the ids that were in its place. */
function routeOf(c: Context): string {
  return `${c.req.method} ${c.req.routePath}`;
}
