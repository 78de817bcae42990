/**
 * Lets Muster start without a network: the page and everything it is built of, kept by version.
 * Data never passes here: `/api` and `/sync` are left to the page, which has its own local copy. Nor does the public
 * status page, which the server makes.
 */
import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';
import './push.ts';

const PREFIX = 'muster-';
const CACHE = `${PREFIX}${version}`;

/** One page serves every address; which one it is, the page reads itself. */
const SHELL = '/';

const BUILT = [...immutable, ...assets].map(({ path }) => `/${path.replace(/^\//, '')}`);

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || isData(url.pathname)) return;
  event.respondWith(request.mode === 'navigate' ? shell(request) : built(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([SHELL, ...BUILT]);
  await self.skipWaiting();
}

/** Keeps the version before too: pages that are open still load their parts from it. */
async function activate(): Promise<void> {
  const others = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== CACHE);
  await Promise.all(others.slice(0, -1).map((key) => caches.delete(key)));
  await self.clients.claim();
}

/** The kept page at once, without waiting for a network that may be slow. */
async function shell(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(SHELL)) ?? fetch(request);
}

/** Built files carry their content in their names, so any version's copy is the right one. */
async function built(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request);
}

function isData(path: string): boolean {
  return (
    ['/sync', '/status', '/healthz', '/readyz', '/metrics'].includes(path) ||
    path.startsWith('/sync/') ||
    path.startsWith('/status/') ||
    path.startsWith('/api/')
  );
}
