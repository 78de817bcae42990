/**
 * What people without a sign-in do about mail: ask for it on the status page, say yes by the link, end it by one click
 * (RFC 8058). Pages and forms without scripts. A link alone changes nothing: only a form or a mail program's post does.
 */
import { isDeliverable } from '@muster/domain/shared';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { chooseOne } from '../channels/choices.ts';
import { askSubscriber, confirmSubscriber, removeSubscriber } from '../channels/announcement/subscribers.ts';
import type { SignedLink, SignedLinks } from '../channels/announcement/signed-links.ts';
import { smallPage } from '../status/small-page.ts';
import type { SmallPage } from '../status/small-page.ts';
import type { Store } from '../store/store.ts';
import { limitBody } from './body.ts';
import { addressOf } from './peer-address.ts';
import { ProblemError } from './problem.ts';
import { statusPolicy } from './security.ts';

const MAX_FORM_BYTES = 4 * 1024;
/** Requests of one client in an hour; a household or an office is one. */
const ASKED_BY_CLIENT = 60;
const HOUR_SECONDS = 60 * 60;

export interface MailLinkOptions {
  /** Whether the status page offers mail: it is on, mail goes out, and the public address is known. */
  readonly canFollow: boolean;
  /** Null where mails have no links. */
  readonly links: SignedLinks | null;
}

const GONE: SmallPage = {
  title: 'This link holds no more',
  words: 'It was used up, is too old, or is cut off. Ask for a new one on the status page.',
};

export function mailLinkRoutes(store: Store, { canFollow, links }: MailLinkOptions): Hono {
  const app = new Hono();
  const clients = new RateLimiterMemory({ points: ASKED_BY_CLIENT, duration: HOUR_SECONDS });
  const show = async (
    c: Context,
    page: SmallPage,
    status: 200 | 202 | 400 | 404 = 200,
  ): Promise<Response> => {
    c.header('cache-control', 'no-store');
    c.header('content-security-policy', statusPolicy);
    return c.html(await smallPage(page), status);
  };
  const linkIn = (c: Context, ...does: readonly SignedLink['does'][]): SignedLink | null => {
    const link = links?.read(c.req.param('token') ?? '') ?? null;
    return link !== null && does.includes(link.does) ? link : null;
  };

  app.post('/status/follow', limitBody(MAX_FORM_BYTES), async (c) => {
    if (!canFollow) throw new ProblemError('not-found');
    const { address } = await c.req.parseBody();
    const asked = typeof address === 'string' ? address.trim().toLowerCase() : '';
    if (!isDeliverable(asked))
      return show(c, { title: 'This is no mail address', words: 'Go back and look at it again.' }, 400);
    await takeOne(clients, addressOf(c));
    await askSubscriber(store, asked, Date.now());
    // the same whether the address is known or not
    return show(
      c,
      {
        title: 'Look into your mail',
        words: `If ${asked} does not get these mails yet, a link is on its way to it. It holds for a day.`,
      },
      202,
    );
  });

  app.get('/status/confirm/:token', (c) => {
    const link = linkIn(c, 'confirm');
    if (link === null) return show(c, GONE, 404);
    return show(c, {
      title: 'Follow the service status by mail?',
      words: 'What is announced in public then comes by mail. Every mail has a link that ends it.',
      button: 'Yes, send me the mails',
    });
  });
  app.post('/status/confirm/:token', limitBody(MAX_FORM_BYTES), async (c) => {
    const link = linkIn(c, 'confirm');
    const done =
      link?.does === 'confirm' &&
      (await confirmSubscriber(store.writer, link.subscriber, link.askedAt, Date.now()));
    if (!done) return show(c, GONE, 404);
    return show(c, { title: 'You follow the service status', words: 'The next announcement comes by mail.' });
  });

  app.get('/status/unsubscribe/:token', (c) => {
    if (linkIn(c, 'unsubscribe', 'stop') === null) return show(c, GONE, 404);
    return show(c, {
      title: 'Get no more of these mails?',
      words: 'Other mails are not touched by it.',
      button: 'Get no more',
    });
  });
  app.post('/status/unsubscribe/:token', limitBody(MAX_FORM_BYTES), async (c) => {
    const link = linkIn(c, 'unsubscribe', 'stop');
    if (link === null) return show(c, GONE, 404);
    if (link.does === 'unsubscribe') await removeSubscriber(store.writer, { id: link.subscriber });
    if (link.does === 'stop') await chooseOne(store.writer, link.person, link.kind, false);
    return show(c, {
      title: 'No more of these mails come',
      words: 'One that is on its way may still arrive.',
    });
  });
  return app;
}

/** @throws ProblemError when a client asked too often. */
async function takeOne(limit: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    const seconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
    throw new ProblemError('too-many-requests', 'try again in an hour', { retryAfterSeconds: seconds });
  }
}
