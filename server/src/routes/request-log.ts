import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../log.ts';
import type { HandledRequest } from '../operation/measures.ts';

/** Counts each request, and writes a line for who looks closer: the route's pattern, never the address with its ids and words. */
export function requestLog(log: Logger, handled: (request: HandledRequest) => void): MiddlewareHandler {
  return async (c, next) => {
    const from = performance.now();
    await next();
    const request = {
      method: c.req.method,
      route: routePath(c),
      status: c.res.status,
      ms: performance.now() - from,
    };
    handled(request);
    log.debug({ ...request, ms: Math.round(request.ms) }, 'a request');
  };
}
