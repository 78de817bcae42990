import type { Release, ReleaseFacts, Step } from '@muster/domain/release';
import type { RecordId } from '@muster/domain/shared';
import type { HeldRelease } from './held-release.ts';
import type { LiveRelease } from './live-releases.ts';

/** A release as one reader has it open; what is held is shared. */
export class OpenedRelease implements LiveRelease {
  readonly #held: HeldRelease;
  readonly #facts: (release: Release | undefined) => ReleaseFacts;
  readonly close: () => void;

  constructor(held: HeldRelease, facts: (release: Release | undefined) => ReleaseFacts, close: () => void) {
    this.#held = held;
    this.#facts = facts;
    this.close = close;
  }

  get id(): RecordId {
    return this.#held.id;
  }

  get loaded(): boolean {
    return this.#held.loaded;
  }

  get release(): Release | undefined {
    return this.#held.shown;
  }

  get stepIds(): readonly string[] {
    return this.#held.steps.ids;
  }

  get pending(): number {
    return this.#held.pending;
  }

  step(id: string): Step | undefined {
    return this.#held.steps.get(id);
  }

  isStepPending(id: string): boolean {
    return this.#held.steps.isPending(id);
  }

  facts(): ReleaseFacts {
    return this.#facts(this.#held.shown);
  }
}
