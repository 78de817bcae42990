/** The public status page and its feeds, for people and readers without an account. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { etag } from 'hono/etag';
import { statusCalendar } from '../status/calendar.ts';
import { atomFeed, rssFeed } from '../status/feeds.ts';
import { STATUS_STYLE, statusPage } from '../status/page.ts';
import type { PublicStatus } from '../status/public-status.ts';
import { StatusPages } from '../status/status-pages.ts';
import { statusSummary } from '../status/summary.ts';
import type { Store } from '../store/store.ts';
import { ProblemError } from './problem.ts';
import { statusPolicy } from './security.ts';

const FOR_A_MINUTE = 'public, max-age=60';

export interface StatusOptions {
  /** Off: every address answers as if it were not there. */
  readonly isOn: boolean;
  /** The public address without a slash at its end; null takes it from the request. */
  readonly origin: string | null;
  /** Whether the page asks for an address to send mail to. */
  readonly canFollow: boolean;
}

export function statusRoutes(store: Store, { isOn, origin, canFollow }: StatusOptions): Hono {
  const app = new Hono();
  const pages = new StatusPages(store.reader);
  /** Links in it hold the address that it was asked for by, which nobody is to make us keep many of. */
  const linked = (c: Context, name: string, make: (status: PublicStatus, base: string) => string) => {
    const base = origin ?? new URL(c.req.url).origin;
    return origin === null
      ? pages.status().then((status) => make(status, base))
      : pages.text(name, (status) => make(status, base));
  };

  app.use('/status/*', etag());
  app.use('/status/*', async (c, next) => {
    if (!isOn) throw new ProblemError('not-found');
    await next();
    c.header('cache-control', FOR_A_MINUTE);
    c.header('content-security-policy', statusPolicy);
  });
  app.get('/status', async (c) =>
    c.html(await pages.text('page', (status) => statusPage(status, canFollow))),
  );
  app.get('/status/style.css', (c) => typed(c, STATUS_STYLE, 'text/css'));
  app.get('/status/feed.atom', async (c) =>
    typed(c, await linked(c, 'atom', atomFeed), 'application/atom+xml'),
  );
  app.get('/status/feed.rss', async (c) => typed(c, await linked(c, 'rss', rssFeed), 'application/rss+xml'));
  app.get('/status/calendar.ics', async (c) =>
    typed(c, await linked(c, 'calendar', statusCalendar), 'text/calendar'),
  );
  app.get('/status/api/v2/summary.json', async (c) => {
    // anybody's page may read what anybody may read
    c.header('access-control-allow-origin', '*');
    const text = await linked(c, 'summary', (status, base) => JSON.stringify(statusSummary(status, base)));
    return c.body(text, 200, { 'content-type': 'application/json' });
  });
  app.all('/status/*', () => {
    throw new ProblemError('not-found');
  });
  return app;
}

function typed(c: Context, body: string, media: string): Response {
  return c.body(body, 200, { 'content-type': `${media}; charset=utf-8` });
}
