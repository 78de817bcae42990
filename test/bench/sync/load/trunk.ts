/** Ours as our own client speaks it: one socket, a channel a document. */
import {
  decodeChannelMessage,
  encodeChannelFrame,
  encodeControl,
  FrameError,
  PAGE_VERSION,
} from '@muster/sync';
import { RawSocket } from './raw-socket.ts';
import type { RawSocketEvents } from './raw-socket.ts';

/** A member's way to the server: a socket, or a channel on one. */
export interface Line {
  /** Goes out with the next `flush`. */
  queue(payload: Uint8Array): void;
  flush(): void;
  destroy(): void;
}

export class Trunk {
  readonly #channels = new Map<number, RawSocketEvents>();
  #socket: RawSocket | null = null;
  #count = 0;

  /** `address` ends with the slash behind which document names go. */
  static async open(address: string, cookie: string | undefined): Promise<Trunk> {
    const trunk = new Trunk();
    trunk.#socket = await RawSocket.open(`${address.replace(/\/$/, '')}?ext=1&page=${PAGE_VERSION}`, cookie, {
      frame: (bytes) => trunk.#hear(bytes),
      closed: (code, reason) => {
        for (const channel of trunk.#channels.values()) channel.closed(code, reason);
      },
    });
    return trunk;
  }

  /** Opens a document; what is queued at once goes out behind the opening. */
  channel(name: string, events: RawSocketEvents): Line {
    const channel = (this.#count += 1);
    this.#channels.set(channel, events);
    this.#socket?.queue(encodeControl({ type: 'open', channel, name }));
    return {
      queue: (payload) => this.#socket?.queue(encodeChannelFrame(channel, payload)),
      flush: () => this.#socket?.flush(),
      destroy: () => this.#socket?.destroy(),
    };
  }

  #hear(bytes: Buffer): void {
    const message = decodeChannelMessage(bytes);
    if (message instanceof FrameError)
      throw new Error('the server sent a channel message that does not decode');
    if (message.type === 'frame') {
      const { buffer, byteOffset, byteLength } = message.frame;
      this.#channels.get(message.channel)?.frame(Buffer.from(buffer, byteOffset, byteLength));
    } else if (message.type === 'closed')
      this.#channels.get(message.channel)?.closed(message.code, message.reason);
    else if (message.type === 'ping') this.#socket?.send(encodeControl({ type: 'pong' }));
  }
}
