import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';

/** Longest path that every system takes for a socket file, in bytes (`sun_path` less its end). */
const MAX_SOCKET_PATH = 100;

/** Where the server that owns a data folder listens for the command line. */
export function controlPath(dataFolder: string): string {
  const folder = resolve(dataFolder);
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\muster-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const path = join(folder, 'control.sock');
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return path;
  return join(tmpdir(), `muster-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`);
}

/** Whether a server answers on the path; a socket file left by a killed process does not. */
export function isAnswering(path: string): Promise<boolean> {
  return new Promise((settle) => {
    const socket = createConnection(path);
    const end = (answer: boolean) => () => {
      socket.destroy();
      settle(answer);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}

/** Throws when another server owns the data folder: two writers on one store would lose updates. */
export async function assertUnowned(dataFolder: string): Promise<void> {
  if (await isAnswering(controlPath(dataFolder)))
    throw new Error(`another Muster server is running on ${resolve(dataFolder)}: stop it first`);
}

/**
 * Serves the control app to the owner of the data folder only (mode 0600).
 * Throws when another server owns the folder.
 */
export async function listenControl(dataFolder: string, app: Hono): Promise<{ close(): Promise<void> }> {
  const path = controlPath(dataFolder);
  await assertUnowned(dataFolder);
  if (process.platform !== 'win32') await rm(path, { force: true });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(path, listening);
  });
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
