import { decodeChannelMessage, encodeChannelFrame, encodeControl } from '../channels.ts';
import { CLOSE, closeReason } from '../close-codes.ts';
import { FrameError } from '../frames/reader.ts';
import { Attachment } from './attachment.ts';
import { SocketConnection } from './connection.ts';
import type { ConnectionHost } from './connection.ts';
import type { Session, Transport } from './ports.ts';
import { TokenBucket } from './rate.ts';
import type { ReaderOutlet } from './document-reader.ts';
import type { SocketOutlet } from './socket-outlet.ts';

/** Messages that opening one document takes: open, step 1, step 2, awareness, and one to spare. */
const MESSAGES_TO_OPEN = 5;

/** `/sync`: many documents on one socket, for our own client. */
export class ChannelConnection extends SocketConnection {
  readonly kind = 'channels';
  readonly documentName = null;
  readonly #attachments = new Map<number, Attachment>();
  readonly #opens: TokenBucket;
  readonly #unpacks: boolean;
  #lastChannel = 0;

  constructor(host: ConnectionHost, session: Session, transport: Transport, unpacks: boolean) {
    super(host, session, transport);
    this.#unpacks = unpacks;
    const { messageBurst, channels } = host.limits;
    // All documents at once after a reconnect are ordinary; opening and closing them over and over is not.
    this.#opens = new TokenBucket(messageBurst, 2 * channels, host.clock.now());
  }

  protected override take(bytes: Uint8Array): void {
    const message = decodeChannelMessage(bytes);
    if (message instanceof FrameError) {
      this.host.report({ type: 'malformed', session: this.session.id, text: message.text });
      return this.close(CLOSE.malformed, message.text);
    }
    switch (message.type) {
      case 'frame':
        // A channel that the server has closed may still be spoken to until the client has heard of it.
        return this.#attachments.get(message.channel)?.receive(message.frame);
      case 'open':
        return this.#open(message.channel, message.name);
      case 'closed':
        return this.#letGo(message.channel);
      case 'ping':
        return this.outlet.queue(encodeControl({ type: 'pong' }));
      case 'pong':
        return;
      case 'opened':
        return this.close(CLOSE.malformed, 'a client does not send opened');
    }
  }

  protected override release(): void {
    for (const attachment of this.#attachments.values()) attachment.end();
    this.#attachments.clear();
  }

  protected override sayAlive(): void {
    this.outlet.queue(encodeControl({ type: 'ping' }));
  }

  #open(channel: number, rawName: string): void {
    if (channel <= this.#lastChannel)
      return this.close(CLOSE.malformed, 'channel numbers are given once and rise');
    this.#lastChannel = channel;
    if (!this.#opens.take(1, this.host.clock.now()))
      return this.close(CLOSE.abusive, 'too many documents opened');
    if (this.#attachments.size >= this.host.limits.channels) {
      return this.end(channel, CLOSE.abusive, `more than ${this.host.limits.channels} documents`);
    }
    this.gate.expectMore(MESSAGES_TO_OPEN);
    const attachment = new Attachment({
      host: this.host,
      session: this.session,
      rawName,
      outlet: new ChannelOutlet(channel, this.outlet, this),
      extended: true,
      unpacks: this.#unpacks,
      onOpened: () => this.outlet.queue(encodeControl({ type: 'opened', channel })),
    });
    this.#attachments.set(channel, attachment);
  }

  /** Ends one document; the client hears why. */
  end(channel: number, code: number, reason: string): void {
    this.#letGo(channel);
    this.outlet.queue(encodeControl({ type: 'closed', channel, code, reason: closeReason(reason) }));
  }

  #letGo(channel: number): void {
    const attachment = this.#attachments.get(channel);
    this.#attachments.delete(channel);
    attachment?.end();
  }
}

/** The way out of one channel. */
class ChannelOutlet implements ReaderOutlet {
  readonly #channel: number;
  readonly #socket: SocketOutlet;
  readonly #connection: ChannelConnection;

  constructor(channel: number, socket: SocketOutlet, connection: ChannelConnection) {
    this.#channel = channel;
    this.#socket = socket;
    this.#connection = connection;
  }

  get buffered(): number {
    return this.#socket.buffered;
  }

  queue(frame: Uint8Array): void {
    this.#socket.queue(encodeChannelFrame(this.#channel, frame));
  }

  close(code: number, reason: string): void {
    this.#connection.end(this.#channel, code, reason);
  }

  closeSocket(code: number, reason: string): void {
    this.#connection.close(code, reason);
  }
}
