import { WebSocket } from 'ws';

/** Nothing listens there: what a device without a network reaches. */
const NOWHERE = 'ws://127.0.0.1:9';

/** A device's network. It breaks as real ones do: some frames still leave, the rest is lost without a word. */
export class Line {
  /** For providers and channel sockets: sockets on this line, with `headers` in their upgrade. */
  readonly WebSocket: typeof globalThis.WebSocket;
  readonly #sockets = new Set<WebSocket>();
  #framesLeft = Number.POSITIVE_INFINITY;

  /** `repeats`: whether a frame that leaves arrives twice. */
  constructor(headers: Readonly<Record<string, string>>, repeats: () => boolean = () => false) {
    const sockets = this.#sockets;
    const isUp = (): boolean => this.isUp;
    const letsOut = (): boolean => this.#letsOut();
    class SocketOnLine extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(isUp() ? address : NOWHERE, protocols, { headers });
        // a connection that fails is the provider's to try again
        this.on('error', () => undefined);
        this.once('close', () => sockets.delete(this));
        sockets.add(this);
      }

      override send(data: Parameters<WebSocket['send']>[0]): void {
        if (!letsOut()) return;
        super.send(data);
        if (repeats()) super.send(data);
      }
    }
    this.WebSocket = SocketOnLine as unknown as typeof globalThis.WebSocket;
  }

  get isUp(): boolean {
    return this.#framesLeft > 0;
  }

  /** Breaks after so many more frames have left: at once with 0. */
  cut(afterFrames = 0): void {
    this.#framesLeft = afterFrames;
    if (afterFrames === 0) this.#break();
  }

  mend(): void {
    this.#framesLeft = Number.POSITIVE_INFINITY;
  }

  #letsOut(): boolean {
    if (this.#framesLeft <= 0) return false;
    this.#framesLeft -= 1;
    if (this.#framesLeft === 0) queueMicrotask(() => this.#break());
    return true;
  }

  #break(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}
