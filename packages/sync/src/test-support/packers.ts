import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packUpdates, unpackState } from '../packed/index.ts';
import type { StatePacker } from '../server/ports.ts';

/** Packs at once, in this thread; answers can be held back, spoilt and made to fail. */
export class TestPacker implements StatePacker {
  packed = 0;
  spoil: (deflated: Uint8Array) => Uint8Array | null = (deflated) => deflated;
  #held: (() => void)[] | null = null;

  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
  }

  async pack(updates: readonly Uint8Array[]): Promise<Uint8Array | null> {
    this.packed += 1;
    const packed = packUpdates(updates);
    const held = this.#held;
    if (held !== null) await new Promise<void>((resolve) => held.push(resolve));
    return packed === null ? null : this.spoil(new Uint8Array(deflateRawSync(packed)));
  }
}

export function unpacked(deflated: Uint8Array): Uint8Array {
  return unpackState(new Uint8Array(inflateRawSync(deflated)), 100_000_000);
}
