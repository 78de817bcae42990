/**
 * First opens by clients that unpack states. A state is packed once for all of them, elsewhere than on this thread, and
 * stands for a place in the log: what was committed since goes along as updates, so that nothing is lost meanwhile.
 */
import type { Clock } from '../clock.ts';
import type { CommittedLog } from './committed-log.ts';
import { encodeState } from '../frames/state.ts';
import { encodeUpdate } from '../frames/sync.ts';
import type { PackedState, PackedStates } from './packed-states.ts';
import type { HostEvent, StatePacker } from './ports.ts';

/** Below this a plain step 2 is as good. */
const WORTH_BYTES = 16 * 1024;
/** With so many bytes committed since, a state is packed again; the old one serves meanwhile. */
const REPACK_BYTES = 64 * 1024;
/** Who opens a document that was not packed before waits this long and then gets it plain: packing takes less, on a quiet machine. */
const PATIENCE_MS = 1_500;

export interface PackedSurroundings {
  readonly packer: StatePacker | null;
  readonly packedStates: PackedStates;
  readonly clock: Clock;
  report(event: HostEvent): void;
}

type Frames = readonly Uint8Array[];

export class PackedOpening {
  readonly #name: string;
  readonly #key: string;
  readonly #log: CommittedLog;
  readonly #host: PackedSurroundings;
  #packing: Promise<void> | null = null;
  /** Packing pays from so many bytes on: a document that was small, or did not pack, is tried again when it has grown. */
  #paysFrom = WORTH_BYTES;
  /** The frames that were given last, and where the log ended then. */
  #given: { readonly end: number; readonly state: PackedState; readonly frames: Frames } | null = null;

  /** `epoch` tells a document from one that had its name before. */
  constructor(name: string, epoch: number, log: CommittedLog, host: PackedSurroundings) {
    this.#name = name;
    this.#key = `${name} ${epoch}`;
    this.#log = log;
    this.#host = host;
  }

  /** Packs the state before anybody asks for it, where that pays and has not been done. */
  async prepare(): Promise<void> {
    if (this.#frames() === null) await this.#pack();
  }

  /** Gives the frames for a client that has nothing: at once, or soon while the state is being packed. */
  open(plain: () => Frames, deliver: (frames: Frames) => void): void {
    const known = this.#frames();
    if (known !== null) return deliver(known);
    const packing = this.#pack();
    if (packing === null) return deliver(plain());
    let waiting = true;
    const tell = (): void => {
      if (!waiting) return;
      waiting = false;
      cancel();
      deliver(this.#frames() ?? plain());
    };
    const cancel = this.#host.clock.after(PATIENCE_MS, tell);
    void packing.then(tell);
  }

  /** What came after the state first and the state last, as with a step 2: "synced" means all of it. */
  #frames(): Frames | null {
    const state = this.#host.packedStates.find(this.#key);
    if (state === null) return null;
    const { end } = this.#log;
    if (this.#given?.end === end && this.#given.state === state) return this.#given.frames;
    const position = this.#log.positionOf(state.seq);
    const missed = position === null ? null : this.#log.since(position);
    if (missed === null) return null;
    if (missed.reduce((sum, { length }) => sum + length, 0) > REPACK_BYTES) void this.#pack();
    const frames = [...missed.map(encodeUpdate), encodeState(state.deflated)];
    this.#given = { end, state, frames };
    return frames;
  }

  #pack(): Promise<void> | null {
    const { packer } = this.#host;
    if (packer === null) return null;
    if (this.#packing === null && this.#log.bytes < this.#paysFrom) return null;
    this.#packing ??= this.#packNow(packer).finally(() => (this.#packing = null));
    return this.#packing;
  }

  /** Never rejects: the plain way is always there. */
  async #packNow(packer: StatePacker): Promise<void> {
    const seq = this.#log.headSeq;
    const bytes = this.#log.bytes;
    try {
      const deflated = await packer.pack(this.#log.parts());
      if (deflated === null || deflated.length * 2 > bytes) this.#paysFrom = bytes * 2;
      else this.#host.packedStates.keep(this.#key, { seq, deflated });
    } catch (cause) {
      this.#paysFrom = bytes * 2;
      this.#host.report({ type: 'fault', name: this.#name, cause });
    }
  }
}
