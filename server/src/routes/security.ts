/** What every answer carries so that a browser holds to it, and which callers a browser may speak for. */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { ProblemError } from './problem.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a Host header may look like before it is written into a policy. */
const HOST = /^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:]+\](?::\d{1,5})?$/;

/** Headers of every answer but the content policy, which depends on what is served. */
export function commonHeaders(origin: string | null): MiddlewareHandler {
  const secure = origin?.startsWith('https:') ?? false;
  return secureHeaders({
    strictTransportSecurity: secure ? 'max-age=31536000' : false,
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  });
}

/** Policy of the web client: our own files, the hashed inline script that starts it, our own sockets. */
export function clientPolicy(host: string | undefined, scriptHashes: readonly string[]): string {
  const sockets = host !== undefined && HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return policy({
    'script-src': ["'self'", ...scriptHashes].join(' '),
    // scoped styles of components and the editor's own are written at run time
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': `'self'${sockets}`,
    'worker-src': "'self'",
    'manifest-src': "'self'",
  });
}

/** Policy of the page that shows the API. */
export const docsPolicy = policy({
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
});

/** Policy of the public status page: its own style, and nothing that runs. */
export const statusPolicy = policy({ 'style-src': "'self'" });

/** Policy of answers that are no pages: nothing may load, run or be framed. */
export const dataPolicy = policy({ sandbox: '' });

function policy(directives: Readonly<Record<string, string>>): string {
  const base = {
    'default-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries({ ...base, ...directives })
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');
}

/**
 * Whether a request's Origin is this server. A browser always names the origin of a socket and of a request that
 * changes something, so a request without one comes from a program and cannot be a person's browser misled.
 * Without a configured address the origin must name the host that the request was sent to.
 */
export function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  configured: string | null,
): boolean {
  if (origin === undefined) return true;
  if (configured !== null) return origin === configured;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
}

/** Refuses requests that change something and come from a page of another site. */
export function ownOriginOnly(configured: string | null): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (!READING.has(c.req.method) && !isOwnOrigin(origin, c.req.header('host'), configured)) {
      throw new ProblemError('foreign-origin', `requests from ${origin} are not taken`);
    }
    await next();
  };
}
