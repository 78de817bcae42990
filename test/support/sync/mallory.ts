/** Somebody with a session and no good will: sends what no client sends and tells how the server answered. */
import {
  decodeChannelMessage,
  decodeFrame,
  encodeChannelFrame,
  encodeControl,
  encodeStepOne,
  FrameError,
  PAGE_VERSION,
} from '@muster/sync';
import { connect } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { RawData } from 'ws';

/** How an attack ended. */
export type Verdict =
  | { readonly end: 'channel' | 'socket'; readonly code: number; readonly reason: string }
  /** The server went on as if nothing had been said. */
  | { readonly end: 'none' };

/** The first byte of a WebSocket close frame. */
const CLOSE_FRAME = 0x88;

/** What a client sends that has nothing yet; the answer to it shows that the server still listens. */
const PROBE = encodeStepOne(Uint8Array.of(0));

/** How long an end may take that has to come. */
const PATIENCE_MS = 10_000;

interface Waiting {
  readonly channel: number;
  readonly toTheEnd: boolean;
  readonly settle: (verdict: Verdict) => void;
}

export class Mallory {
  readonly #url: string;
  readonly #cookie: string;
  #socket: WebSocket | null = null;
  #lastChannel = 0;
  #waiting: Waiting | null = null;

  constructor(url: string, cookie: string) {
    this.#url = url.replace(/^http/, 'ws');
    this.#cookie = cookie;
  }

  /**
   * Opens a document on a channel and sends frames on it. Waits for the end of the channel or the socket, and
   * unless `toTheEnd` also for a sign that the server minds nothing.
   */
  async onChannel(name: string, frames: readonly Uint8Array[], { toTheEnd = false } = {}): Promise<Verdict> {
    const channel = (this.#lastChannel += 1);
    const messages = [...frames, PROBE].map((frame) => encodeChannelFrame(channel, frame));
    return this.#send(channel, [encodeControl({ type: 'open', channel, name }), ...messages], toTheEnd);
  }

  /** Sends raw messages beside any channel of its own; a document that may be read is opened after them as a sign. */
  async raw(messages: readonly Uint8Array[]): Promise<Verdict> {
    const channel = (this.#lastChannel += 1_000);
    const sign = [
      encodeControl({ type: 'open', channel, name: 'notice' }),
      encodeChannelFrame(channel, PROBE),
    ];
    return this.#send(channel, [...messages, ...sign], false);
  }

  /** One message on a stock socket of its own. Text goes as a text frame. */
  async onStock(name: string, message: Uint8Array | string): Promise<Verdict> {
    const socket = new WebSocket(`${this.#url}/sync/${name}`, { headers: { cookie: this.#cookie } });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    const ended = new Promise<Verdict>((resolve) => {
      socket.on('close', (code, reason) => resolve({ end: 'socket', code, reason: reason.toString() }));
      socket.on('message', (data) => {
        const frame = decodeFrame(bytesOf(data));
        if (!(frame instanceof FrameError) && frame.type === 'step-2') resolve({ end: 'none' });
      });
    });
    socket.send(message);
    socket.send(PROBE);
    const verdict = await ended;
    socket.terminate();
    return verdict;
  }

  /** Asks for an upgrade with a path that no client library would let pass. A refusal over HTTP has its status. */
  async upgrade(path: string): Promise<Verdict> {
    const { hostname, port } = new URL(this.#url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Cookie: ${this.#cookie}`,
    ];
    socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));
    let heard = Buffer.alloc(0);
    for await (const chunk of socket) {
      heard = Buffer.concat([heard, chunk as Buffer]);
      const verdict = verdictIn(heard);
      if (verdict === null) continue;
      socket.destroy();
      return verdict;
    }
    return { end: 'socket', code: 0, reason: heard.toString('latin1') };
  }

  close(): void {
    this.#socket?.terminate();
  }

  async #send(channel: number, messages: readonly Uint8Array[], toTheEnd: boolean): Promise<Verdict> {
    const socket = await this.#open();
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => this.#waiting?.settle({ end: 'none' }), PATIENCE_MS);
      this.#waiting = {
        channel,
        toTheEnd,
        settle: (verdict) => {
          clearTimeout(giveUp);
          this.#waiting = null;
          resolve(verdict);
        },
      };
      for (const message of messages) socket.send(message);
    });
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const socket = new WebSocket(`${this.#url}/sync?ext=1&page=${PAGE_VERSION}`, {
      headers: { cookie: this.#cookie },
    });
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#hear(bytesOf(data)));
    socket.on('close', (code, reason) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#waiting?.settle({ end: 'socket', code, reason: reason.toString() });
    });
    await once(socket, 'open');
    return socket;
  }

  #hear(bytes: Uint8Array): void {
    const message = decodeChannelMessage(bytes);
    const waiting = this.#waiting;
    if (waiting === null || message instanceof FrameError) return;
    if (message.type === 'closed' && message.channel === waiting.channel) {
      waiting.settle({ end: 'channel', code: message.code, reason: message.reason });
    }
    if (message.type !== 'frame' || message.channel !== waiting.channel || waiting.toTheEnd) return;
    const frame = decodeFrame(message.frame);
    if (!(frame instanceof FrameError) && frame.type === 'step-2') waiting.settle({ end: 'none' });
  }
}

/** The status of a refused upgrade, or the close frame after an accepted one; null while neither is there. */
function verdictIn(heard: Buffer): Verdict | null {
  const text = heard.toString('latin1');
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const status = Number(text.slice(9, 12));
  if (status !== 101) return { end: 'socket', code: status, reason: text.slice(9, text.indexOf('\r\n')) };
  const frame = heard.subarray(head + 4);
  const length = frame[1] ?? 0;
  if (frame.length === 0) return null;
  if (frame[0] !== CLOSE_FRAME) return { end: 'none' };
  if (frame.length < 2 + length) return null;
  return {
    end: 'socket',
    code: frame.readUInt16BE(2),
    reason: frame.subarray(4, 2 + length).toString(),
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
