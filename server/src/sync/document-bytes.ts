/** For tests of what leaks: a socket that has nothing and takes all. Nothing here is used when serving. */
import { WebSocket } from 'ws';

/** Sync, step 1, one byte: an empty state vector. */
const SYNC_STEP_1 = Uint8Array.of(0, 0, 1, 0);

/** Every byte that a document's socket sends to somebody who has nothing of it, and how it closes. */
export async function bytesOf(
  server: string,
  cookie: string,
  name: string,
): Promise<{ text: string; close: string | null }> {
  const socket = new WebSocket(`${server.replace('http', 'ws')}/sync/${name}`, { headers: { cookie } });
  const sent: Buffer[] = [];
  const isIn = new Promise<null>((resolve) => {
    socket.on('message', (data: Buffer) => {
      sent.push(data);
      if (data[0] === 0 && data[1] === 1) resolve(null);
    });
  });
  const closed = new Promise<string>((resolve) => {
    socket.on('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(SYNC_STEP_1);
  const close = await Promise.race([closed, isIn]);
  socket.terminate();
  return { text: Buffer.concat(sent).toString('latin1'), close };
}
