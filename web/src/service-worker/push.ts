/** News that reaches this device while no page of the desk is open: shows it, and opens its record when it is clicked. */
import { self } from '$app/service-worker';

interface Pushed {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  /** One notification for one piece of news, however often it comes. */
  readonly tag: string;
}

/** A browser wants each message shown; one that cannot be read leads to the inbox all the same. */
const UNREADABLE: Pushed = { title: 'Muster', body: 'There is news for you.', path: '/', tag: 'unreadable' };

self.addEventListener('push', (event) => {
  event.waitUntil(show(readPushed(event.data)));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(subscribeAnew());
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPath(pathOf(event.notification.data)));
});

function show({ title, body, path, tag }: Pushed): Promise<void> {
  return self.registration.showNotification(title, { body, tag, icon: '/icon-192.png', data: { path } });
}

/** The push service let the subscription go: the desk is told of another one, for the session that goes on here. */
async function subscribeAnew(): Promise<void> {
  const known = await fetch('/api/me/channels');
  if (!known.ok) return;
  const { push } = (await known.json()) as { readonly push: { readonly publicKey: string } };
  const { pushManager } = self.registration;
  const subscription =
    (await pushManager.getSubscription()) ??
    (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: push.publicKey }));
  const { endpoint, keys } = subscription.toJSON();
  await fetch('/api/me/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys }),
  });
}

/** In a page that is open, so that nothing written there is lost; in a new one otherwise. */
async function openPath(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  const [page] = pages.toSorted((a, b) => Number(b.focused) - Number(a.focused));
  if (page === undefined) {
    await self.clients.openWindow(path);
    return;
  }
  page.postMessage({ type: 'open', path });
  await page.focus();
}

function readPushed(data: PushMessageData | null): Pushed {
  try {
    const { title, body, path, tag } = data?.json() as Partial<Record<keyof Pushed, unknown>>;
    const words = { title, body, path, tag };
    return Object.values(words).every((word) => typeof word === 'string') ? (words as Pushed) : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/** A path of this desk, whatever was pushed. */
function pathOf(data: unknown): string {
  const path = (data as { readonly path?: unknown } | null)?.path;
  if (typeof path !== 'string') return '/';
  const url = new URL(path, self.location.origin);
  return url.origin === self.location.origin ? `${url.pathname}${url.search}` : '/';
}
