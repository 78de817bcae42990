import { KEEP_ALIVE } from '../frames/awareness.ts';
import { Attachment } from './attachment.ts';
import { SocketConnection } from './connection.ts';
import type { ConnectionHost } from './connection.ts';
import type { ReaderOutlet } from './document-reader.ts';
import type { Session, Transport } from './ports.ts';

/** `/sync/<document>`: one document on one socket, for any y-websocket client. */
export class StockConnection extends SocketConnection implements ReaderOutlet {
  readonly kind = 'stock';
  readonly documentName: string;
  readonly #attachment: Attachment;

  constructor(
    host: ConnectionHost,
    session: Session,
    rawName: string,
    transport: Transport,
    { extended, unpacks }: { readonly extended: boolean; readonly unpacks: boolean },
  ) {
    super(host, session, transport);
    this.documentName = rawName;
    this.#attachment = new Attachment({ host, session, rawName, extended, unpacks, outlet: this });
  }

  get buffered(): number {
    return this.outlet.buffered;
  }

  queue(frame: Uint8Array): void {
    this.outlet.queue(frame);
  }

  /** With its one document the socket ends, too. */
  closeSocket(code: number, reason: string): void {
    this.close(code, reason);
  }

  protected override take(bytes: Uint8Array): void {
    this.#attachment.receive(bytes);
  }

  protected override release(): void {
    this.#attachment.end();
  }

  protected override sayAlive(): void {
    this.outlet.queue(KEEP_ALIVE);
  }
}
