import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The peer's address; requests of `app.request` have none. */
export function addressOf(c: Context): string {
  const incoming = (c.env as { incoming?: unknown } | undefined)?.incoming;
  return incoming === undefined ? 'none' : (getConnInfo(c).remote.address ?? 'none');
}
