/**
 * The one real socket of a browser tab, shared by all its documents as channels.
 * It comes back by itself with back-off and jitter; what was under way is the providers' to send again,
 * which they do from the documents themselves when their channel reopens.
 */
import { decodeChannelMessage, encodeChannelFrame, encodeControl } from '../channels.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { CLOSE, isPermanent } from '../close-codes.ts';
import { FrameError } from '../frames/reader.ts';
import { DEFAULT_BACK_OFF, waitAfter } from './backoff.ts';
import type { BackOff } from './backoff.ts';
import { Channel } from './channel.ts';
import type { ChannelEvents, ChannelPort } from './channel.ts';

/** The server pings after 20 s of silence: more than twice that is a dead line that nobody reported. */
const SILENCE_MS = 45_000;
const CHECK_MS = 10_000;
/** Stock providers take 30 s without a frame for a dead socket. */
const QUIET_MS = 15_000;

export interface ChannelSocketOptions {
  /** `wss://host/sync?ext=1`; 2 where `canUnpackStates()` */
  readonly url: string;
  /** The real socket's constructor; the browser's by default. */
  readonly WebSocket?: typeof WebSocket;
  readonly backOff?: BackOff;
  readonly clock?: Clock;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
}

export interface SocketStatus {
  readonly state: 'connecting' | 'open' | 'closed';
  /** Epoch ms of the device's clock when this state began; attempts in a row are one `connecting`. */
  readonly since: number;
  /** Why the last connection ended; null before the first end. */
  readonly lastClose: { readonly code: number; readonly reason: string } | null;
}

export interface ChannelSocket {
  readonly status: SocketStatus;
  onStatus(listener: (status: SocketStatus) => void): () => void;
  /**
   * A `WebSocketPolyfill` for one document's `WebsocketProvider`. The url that the provider builds is not used:
   * the name given here is what the channel opens.
   */
  polyfillFor(name: string, events?: ChannelEvents): typeof WebSocket;
  /** Lets go of the network until `goOnline`. Channels close as by a lost connection and wait. */
  goOffline(): void;
  /** Tries at once: after `goOffline`, during a long back-off, or after a permanent close that is dealt with. */
  goOnline(): void;
  /** Ends for good. */
  close(): void;
}

/** Opens the shared socket. It begins to connect at once. */
export function openChannelSocket(options: ChannelSocketOptions): ChannelSocket {
  return new ReconnectingSocket(options);
}

class ReconnectingSocket implements ChannelSocket, ChannelPort {
  readonly #url: string;
  readonly #WebSocket: typeof WebSocket;
  readonly #backOff: BackOff;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #listeners = new Set<(status: SocketStatus) => void>();
  /** Channels by their number on the present connection; those without a number wait for one. */
  readonly #open = new Map<number, Channel>();
  readonly #numbers = new Map<Channel, number>();
  readonly #waiting = new Set<Channel>();
  #status: SocketStatus;
  #socket: WebSocket | null = null;
  #nextNumber = 1;
  #failures = 0;
  #heardAt = 0;
  #ended = false;
  #cancelRetry: (() => void) | null = null;
  #cancelCheck: (() => void) | null = null;

  constructor(options: ChannelSocketOptions) {
    this.#url = options.url;
    this.#WebSocket = options.WebSocket ?? WebSocket;
    this.#backOff = options.backOff ?? DEFAULT_BACK_OFF;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#status = { state: 'connecting', since: this.#clock.now(), lastClose: null };
    this.#connect();
  }

  get status(): SocketStatus {
    return this.#status;
  }

  onStatus(listener: (status: SocketStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  polyfillFor(name: string, events: ChannelEvents = {}): typeof WebSocket {
    return channelClass(name, this, events);
  }

  goOffline(): void {
    this.#drop(CLOSE.abnormal, 'offline');
    this.#setState('closed');
  }

  goOnline(): void {
    if (this.#ended || this.#socket !== null) return;
    this.#failures = 0;
    this.#connect();
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#drop(CLOSE.normal, 'closed here');
    for (const channel of [...this.#waiting]) channel.ended(CLOSE.normal, 'closed here');
    this.#waiting.clear();
    this.#setState('closed');
    this.#listeners.clear();
  }

  now(): number {
    return this.#clock.now();
  }

  attach(channel: Channel): void {
    this.#waiting.add(channel);
    if (this.#status.state === 'open') this.#openChannel(channel);
  }

  send(channel: Channel, frame: Uint8Array): void {
    const number = this.#numbers.get(channel);
    if (number !== undefined) this.#write(encodeChannelFrame(number, frame));
  }

  detach(channel: Channel): void {
    this.#waiting.delete(channel);
    const number = this.#numbers.get(channel);
    if (number === undefined) return;
    this.#numbers.delete(channel);
    this.#open.delete(number);
    this.#write(encodeControl({ type: 'closed', channel: number, code: CLOSE.normal, reason: '' }));
  }

  #connect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#setState('connecting');
    const socket = new this.#WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    // Each handler asks whether its socket is still the one: a superseded socket's late words change nothing.
    socket.onopen = () => {
      if (socket === this.#socket) this.#connected();
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (socket === this.#socket && event.data instanceof ArrayBuffer)
        this.#heard(new Uint8Array(event.data));
    };
    socket.onclose = (event: CloseEvent) => {
      if (socket === this.#socket) this.#lost(event.code, event.reason);
    };
    socket.onerror = () => undefined;
  }

  #connected(): void {
    this.#heardAt = this.#clock.now();
    this.#watch();
    this.#setState('open');
    for (const channel of [...this.#waiting]) this.#openChannel(channel);
  }

  #openChannel(channel: Channel): void {
    const number = this.#nextNumber;
    this.#nextNumber += 1;
    this.#waiting.delete(channel);
    this.#numbers.set(channel, number);
    this.#open.set(number, channel);
    this.#write(encodeControl({ type: 'open', channel: number, name: channel.name }));
  }

  #heard(bytes: Uint8Array): void {
    this.#heardAt = this.#clock.now();
    this.#failures = 0;
    const message = decodeChannelMessage(bytes);
    if (message instanceof FrameError) return;
    switch (message.type) {
      case 'frame':
        return this.#open.get(message.channel)?.deliver(message.frame);
      case 'opened':
        return this.#open.get(message.channel)?.opened();
      case 'closed': {
        const channel = this.#open.get(message.channel);
        if (channel === undefined) return;
        this.#open.delete(message.channel);
        this.#numbers.delete(channel);
        return channel.ended(message.code, message.reason);
      }
      case 'ping':
        return this.#write(encodeControl({ type: 'pong' }));
    }
  }

  #lost(code: number, reason: string): void {
    this.#drop(code, reason);
    if (this.#ended) return;
    if (isPermanent(code)) {
      for (const channel of [...this.#waiting]) {
        this.#waiting.delete(channel);
        channel.ended(code, reason);
      }
      return this.#setState('closed');
    }
    const wait = waitAfter(this.#failures, this.#backOff, this.#random);
    this.#failures += 1;
    this.#setState('connecting');
    this.#cancelRetry = this.#clock.after(wait, () => this.#connect());
  }

  /** Lets go of the connection, if there is one, and ends its channels. Those that wait go on waiting. */
  #drop(code: number, reason: string): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#cancelCheck?.();
    this.#cancelCheck = null;
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    this.#status = { ...this.#status, lastClose: { code, reason } };
    this.#nextNumber = 1;
    const channels = [...this.#open.values()];
    this.#open.clear();
    this.#numbers.clear();
    socket.close();
    for (const channel of channels) channel.ended(code, reason);
  }

  #watch(): void {
    this.#cancelCheck = this.#clock.after(CHECK_MS, () => {
      const now = this.#clock.now();
      if (now - this.#heardAt > SILENCE_MS) return this.#lost(CLOSE.abnormal, 'the server has fallen silent');
      for (const channel of this.#open.values())
        if (now - channel.lastDeliveredAt >= QUIET_MS) channel.keepAlive();
      this.#watch();
    });
  }

  #write(bytes: Uint8Array): void {
    if (this.#socket?.readyState === 1) this.#socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  #setState(state: SocketStatus['state']): void {
    const since = state === this.#status.state ? this.#status.since : this.#clock.now();
    this.#status = { ...this.#status, state, since };
    for (const listener of [...this.#listeners]) listener(this.#status);
  }
}

function channelClass(name: string, port: ChannelPort, events: ChannelEvents): typeof WebSocket {
  class NamedChannel extends Channel {
    constructor() {
      super(name, port, events);
    }
  }
  // The provider's type asks for the whole browser class; it uses the part that `Channel` has.
  return NamedChannel as unknown as typeof WebSocket;
}
