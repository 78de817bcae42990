/** The web client without its screens, in this process, against a real server: own database, own socket, own tab. */
import type { TestServer } from '@muster/server/testing';
import { PAGE_VERSION } from '@muster/sync';
import { confirmSession, openApi, openChannelTransport, openMuster } from '@muster/web/live';
import type { OpenMuster, Session, Surface, Transport } from '@muster/web/live';
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { WebSocket } from 'ws';

/** Node has no frames; the client asks for one before it tells of many changes at once. */
globalThis.requestAnimationFrame ??= (run) => Number(setTimeout(() => run(performance.now()), 16));

/** Stock providers listen for the end of a Node process, once for each document. */
process.setMaxListeners(0);

/** A device: what stays when its tab is closed. */
export interface Device {
  readonly disk: IDBFactory;
  readonly session: Session;
  readonly cookie: string;
  readonly url: string;
}

export interface LivingClient {
  readonly muster: OpenMuster;
  goOffline(): void;
  goOnline(): void;
  /** Closes the tab. Its device stays. */
  close(): Promise<void>;
}

export async function newDevice(server: TestServer, email: string): Promise<Device> {
  const { cookie } = await server.signIn(email);
  const api = openApi(
    server.url,
    withCookie(cookie, () => true),
  );
  const session = await confirmSession(api, {
    get: () => null,
    set: () => undefined,
    remove: () => undefined,
  });
  if (!session) throw new Error(`${email} is not signed in`);
  return { disk: new IDBFactory(), session, cookie, url: server.url };
}

export interface StartOptions {
  readonly online?: boolean;
  /** The device's clock. */
  readonly now?: () => number;
  /** The version that the page says it is. */
  readonly page?: number;
}

/**
 * Opens the client on a device. All clients of a process share `indexedDB`, so a device's disk is put in place
 * while its database is being opened; two devices of one person must not be open at once.
 */
export async function openClient(device: Device, start: StartOptions = {}): Promise<LivingClient> {
  let online = start.online ?? true;
  const offline = new Set<() => void>();
  const onlineAgain = new Set<() => void>();
  const cookie = { cookie: device.cookie, origin: device.url };
  class CookieSocket extends WebSocket {
    constructor(url: string) {
      super(online ? url : 'ws://127.0.0.1:9', { headers: cookie });
    }
  }
  const transport: Transport = openChannelTransport({
    url: `${device.url.replace('http', 'ws')}/sync?ext=1&page=${start.page ?? PAGE_VERSION}`,
    person: `${device.session.person.id}-${String(Math.random())}`,
    WebSocket: CookieSocket as unknown as typeof globalThis.WebSocket,
    backOff: { firstMs: 20, maxMs: 100 },
  });
  const surface: Surface = {
    location: new URL(device.url),
    isOnline: () => online,
    isHidden: () => false,
    onVisibility: () => () => undefined,
    onOnline: (listener) => addTo(onlineAgain, listener),
    onOffline: (listener) => addTo(offline, listener),
    onLeave: () => () => undefined,
    askToPersist: () => undefined,
  };
  globalThis.indexedDB = device.disk;
  const muster = openMuster(device.session, {
    api: openApi(
      device.url,
      withCookie(device.cookie, () => online, start.page),
    ),
    transport,
    surface,
    ...(start.now && { now: start.now }),
  });
  // not when the socket is in order: it may be before the server has said which boards there are to keep
  await until(() => muster.tickets.loaded, 'the first documents');
  return {
    muster,
    goOffline() {
      online = false;
      for (const listener of offline) listener();
    },
    goOnline() {
      online = true;
      for (const listener of onlineAgain) listener();
    },
    close: () => muster.close(),
  };
}

/** Resolves when `condition` holds; fails after `patienceMs` saying what was awaited. */
export async function until(condition: () => boolean, what: string, patienceMs = 20_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function withCookie(cookie: string, isOnline: () => boolean, page?: number): typeof fetch {
  return async (input, init) => {
    if (!isOnline()) throw new TypeError('fetch failed');
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    return fetch(url, {
      ...init,
      headers: {
        ...init?.headers,
        ...(page !== undefined && { 'muster-page': String(page) }),
        cookie,
        origin: new URL(url).origin,
      },
    });
  };
}

function addTo(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
