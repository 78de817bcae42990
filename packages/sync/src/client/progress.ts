import { decodeFrame } from '../frames/frame.ts';
import { FrameError } from '../frames/reader.ts';

/** What is known of one document's way to the disk, on its present connection. */
export interface Progress {
  /** Frames with updates sent and not acknowledged. */
  readonly pending: number;
  /**
   * The first step 2 of this connection is acknowledged (or nothing may be written here): with `pending` 0,
   * all that this document held when it was sent is on the server's disk.
   */
  readonly caughtUp: boolean;
}

/** Counts a connection's frames as the server's ACK counts them. */
export class ProgressCounter {
  #sent = 0;
  #acknowledged = 0;
  #firstStepTwo: number | null = null;
  #readOnly = false;

  get progress(): Progress {
    const covered = this.#firstStepTwo !== null && this.#acknowledged >= this.#firstStepTwo;
    return { pending: this.#sent - this.#acknowledged, caughtUp: this.#readOnly || covered };
  }

  /** Counts an outgoing frame; true when it carries an update. */
  sent(bytes: Uint8Array): boolean {
    const frame = decodeFrame(bytes);
    if (frame instanceof FrameError || (frame.type !== 'step-2' && frame.type !== 'update')) return false;
    this.#sent += 1;
    if (frame.type === 'step-2') this.#firstStepTwo ??= this.#sent;
    return true;
  }

  acknowledged(count: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(count, this.#sent));
  }

  nothingMayBeWritten(): void {
    this.#readOnly = true;
  }
}
