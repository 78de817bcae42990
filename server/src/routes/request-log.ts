import type { MiddlewareHandler } from 'hono';
import type { Logger } from '../log.ts';

/** One line a request for who looks closer: the route's pattern, never the address with its ids and words. */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (c, next) => {
    const from = performance.now();
    await next();
    const ms = Math.round(performance.now() - from);
    log.debug({ method: c.req.method, route: c.req.routePath, status: c.res.status, ms }, 'a request');
  };
}
