/**
 * One document's channel on the shared socket, in the shape of the browser's WebSocket:
 * exactly what y-websocket's `WebsocketProvider` asks of its `WebSocketPolyfill`.
 * Extension frames stop here and become events; the provider sees stock frames only.
 */
import { CLOSE } from '../close-codes.ts';
import { KEEP_ALIVE } from '../frames/awareness.ts';
import { decodeFrame } from '../frames/frame.ts';
import type { Hello } from '../frames/hello.ts';
import type { Nack } from '../frames/nack.ts';
import { FrameError } from '../frames/reader.ts';
import type { Reset } from '../frames/reset.ts';
import { encodeState } from '../frames/state.ts';
import { encodeStepTwo } from '../frames/sync.ts';
import { EchoFilter } from './echo-filter.ts';
import { readPackedState } from './packed-state.ts';
import { ProgressCounter } from './progress.ts';
import type { Progress } from './progress.ts';

/** What a document's owner is told beside what the provider shows. Every member may be left out. */
export interface ChannelEvents {
  readonly opened?: () => void;
  readonly hello?: (hello: Hello) => void;
  /** Frames sent or acknowledged; also at every close, with what will never be acknowledged now. */
  readonly progress?: (progress: Progress) => void;
  /** The server did not take an update; a close follows. */
  readonly nack?: (nack: Nack) => void;
  /** The document goes on under another name. */
  readonly reset?: (reset: Reset) => void;
  readonly closed?: (code: number, reason: string) => void;
}

/** The socket's side of a channel. */
export interface ChannelPort {
  /** Takes the channel in: opens it now, or as soon as there is a connection. */
  attach(channel: Channel): void;
  send(channel: Channel, frame: Uint8Array): void;
  detach(channel: Channel): void;
  now(): number;
}

type Handler = ((event: unknown) => void) | null;

export class Channel {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;

  readonly name: string;
  binaryType = 'arraybuffer';
  readyState: 0 | 1 | 2 | 3 = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onclose: Handler = null;
  onerror: Handler = null;
  lastDeliveredAt: number;

  readonly #port: ChannelPort;
  readonly #events: ChannelEvents;
  readonly #counter = new ProgressCounter();
  readonly #echoes = new EchoFilter();
  /** Frames that came while a state is being unpacked: they are shown after it. */
  #waiting: Uint8Array[] | null = null;

  constructor(name: string, port: ChannelPort, events: ChannelEvents) {
    this.name = name;
    this.#port = port;
    this.#events = events;
    this.lastDeliveredAt = port.now();
    port.attach(this);
  }

  /** From the provider. Like the browser's, it does nothing on a socket that is no longer open. */
  send(data: Uint8Array | ArrayBuffer): void {
    if (this.readyState !== 1) return;
    const bytes = this.#echoes.outgoing(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
    if (bytes === null) return;
    const carriesUpdate = this.#counter.sent(bytes);
    this.#port.send(this, bytes);
    if (carriesUpdate) this.#events.progress?.(this.#counter.progress);
  }

  /** From the provider, which has let go of its handlers already. */
  close(): void {
    if (this.readyState === 3) return;
    this.#port.detach(this);
    this.#end(CLOSE.normal, '');
  }

  /** The server has opened the channel. */
  opened(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.lastDeliveredAt = this.#port.now();
    this.#events.opened?.();
    this.onopen?.({ type: 'open' });
  }

  /** A frame from the server. */
  deliver(bytes: Uint8Array): void {
    if (this.readyState !== 1) return;
    if (this.#waiting !== null) return void this.#waiting.push(bytes);
    const frame = decodeFrame(bytes);
    if (frame instanceof FrameError) return;
    switch (frame.type) {
      case 'hello':
        if (!frame.mayWrite) this.#counter.nothingMayBeWritten();
        this.#events.hello?.(frame);
        return this.#events.progress?.(this.#counter.progress);
      case 'ack':
        this.#counter.acknowledged(frame.count);
        return this.#events.progress?.(this.#counter.progress);
      case 'nack':
        return this.#events.nack?.(frame);
      case 'reset':
        return this.#events.reset?.(frame);
      case 'state':
        return void this.#unpack(frame.deflated);
      case 'awareness':
        this.#echoes.received(frame);
    }
    this.#show(bytes);
  }

  /** Tells the provider that the connection lives although this document is quiet. */
  keepAlive(): void {
    if (this.readyState === 1) this.#show(KEEP_ALIVE);
  }

  /** The server closed the channel, or the connection under it went. */
  ended(code: number, reason: string): void {
    if (this.readyState !== 3) this.#end(code, reason);
  }

  /** Gives the provider the step 2 that a packed state stands for, or asks for it plain when it is spoilt. */
  async #unpack(deflated: Uint8Array): Promise<void> {
    const waiting: Uint8Array[] = [];
    this.#waiting = waiting;
    const update = await readPackedState(deflated);
    this.#waiting = null;
    if (this.readyState !== 1) return;
    if (update === null) this.#port.send(this, encodeState(new Uint8Array()));
    else this.#show(encodeStepTwo(update));
    for (const bytes of waiting) this.deliver(bytes);
  }

  #show(bytes: Uint8Array): void {
    this.lastDeliveredAt = this.#port.now();
    // A copy, since the provider takes the whole buffer and ours belongs to the channel message.
    this.onmessage?.({ type: 'message', data: bytes.slice().buffer });
  }

  #end(code: number, reason: string): void {
    this.readyState = 3;
    this.#events.progress?.({ ...this.#counter.progress, caughtUp: false });
    this.#events.closed?.(code, reason);
    this.onclose?.({ type: 'close', code, reason, wasClean: code !== CLOSE.abnormal });
  }
}
