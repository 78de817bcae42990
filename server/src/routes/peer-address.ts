/** Whom a request counts for, where what comes from one place is limited. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { isIPv4, isIPv6 } from 'node:net';

const PEER = 'peer';
/** How much of an IPv6 address names its household: what follows it chooses itself. */
const NETWORK_GROUPS = 4;

/**
 * Notes the client's address. Behind a proxy that is told to stand in front it is the last that `X-Forwarded-For`
 * names: the proxy adds that one, whatever stands before it may be made up.
 */
export function notePeer(hasTrustedProxy: boolean): MiddlewareHandler {
  return async (c, next) => {
    const forwarded = hasTrustedProxy
      ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
      : undefined;
    c.set(PEER, networkOf(forwarded ?? '') ?? networkOf(socketAddress(c)) ?? 'none');
    await next();
  };
}

/** The client's address, of IPv6 its /64 network; requests of `app.request` have none. */
export function addressOf(c: Context): string {
  return (c.get(PEER) as string | undefined) ?? 'none';
}

function socketAddress(c: Context): string {
  const incoming = (c.env as { incoming?: unknown } | undefined)?.incoming;
  return incoming === undefined ? '' : (getConnInfo(c).remote.address ?? '');
}

/** Null for what is no address. */
export function networkOf(address: string): string | null {
  // a socket that takes both kinds writes IPv4 so
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return null;
  // the one way to write it, without an IPv4 address in it
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
