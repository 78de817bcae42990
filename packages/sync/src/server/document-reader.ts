import type { EpochChange, Session } from './ports.ts';
import type { WriteQueue } from './write-queue.ts';

/** The way out to a reader, with its document's channel and its socket. */
export interface ReaderOutlet {
  queue(frame: Uint8Array): void;
  readonly buffered: number;
  /** Ends this document for the client; its other documents stay. */
  close(code: number, reason: string): void;
  /** Ends the whole socket. */
  closeSocket(code: number, reason: string): void;
}

/** One connection's view of one document, as its document and the host see it. */
export interface DocumentReader {
  readonly session: Session;
  readonly mayWrite: boolean;
  readonly outlet: Pick<ReaderOutlet, 'close'>;
  readonly writes: WriteQueue;
  /** Too slow for single changes: waits for its socket to drain. */
  readonly isBehind: boolean;
  /** Tells a newcomer what the document is and who is here. */
  greet(): void;
  /** A turn's changes of the document. `from` is the log position before them. */
  follow(frame: Uint8Array, from: number): void;
  /** Follows the broadcast of what it acknowledges. */
  sendAcknowledgement(): void;
  /** Presence is not owed to a slow reader: the next state makes up for it. */
  show(awareness: Uint8Array): void;
  announce(change: EpochChange): void;
  /** Looks whether a slow socket has drained, and gives the difference in one go. */
  catchUp(): void;
}
