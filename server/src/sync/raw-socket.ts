import type { Connection, Transport } from '@muster/sync/server';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { framesOf } from './websocket-frames.ts';

/** How long the other side may take to answer a close before the connection is cut. */
const CLOSE_ANSWER_MS = 2_000;

/** A WebSocket as the sync machine sees it. `stream` is the connection below it, for writing a turn's frames at once. */
export function transportOf(socket: WebSocket, stream: Duplex): Transport {
  return {
    send: (messages) => {
      // Beside `ws`, which makes a header and some closures for each message and socket. Nothing else is sent through
      // it but whole control frames, so that frames never mix; it counts what waits in the stream as buffered.
      if (socket.readyState === socket.OPEN) writeAll(stream, framesOf(messages));
    },
    close: (code, reason) => closeSocket(socket, code, reason),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}

function writeAll(stream: Duplex, pieces: readonly Buffer[]): void {
  if (pieces.length > 1) stream.cork();
  for (const piece of pieces) stream.write(piece);
  if (pieces.length > 1) stream.uncork();
}

/** Hands what arrives to the sync machine, until either side closes: what comes after that is not read. */
export function attach(socket: WebSocket, connection: Connection, onText: () => void): void {
  const receive = (data: RawData, isBinary: boolean): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (isBinary) connection.receive(bytesOf(data));
    else onText();
  };
  socket.on('message', receive);
  socket.on('close', () => connection.closed());
}

/** Closes with a code; a peer that does not answer is cut off. */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  const cut = setTimeout(() => socket.terminate(), CLOSE_ANSWER_MS);
  cut.unref();
  socket.once('close', () => clearTimeout(cut));
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
