/** Something to run at the next frame. */
export type NextFrame = (run: () => void) => void;

/**
 * A frame when the page is seen; soon also when it is not, because hidden pages have no frames
 * and their counts and titles go on.
 */
const nextFrame: NextFrame = (run) => {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(once, HIDDEN_FRAME_MS);
  requestAnimationFrame(once);
};

const HIDDEN_FRAME_MS = 100;

/** Resolves when what is on the page now has been painted: in the second frame from now, the first has been. */
export function painted(): Promise<void> {
  return new Promise((resolve) => nextFrame(() => nextFrame(resolve)));
}

/** How many ids are remembered for readers that fell behind; beyond it they read everything again. */
const REMEMBERED_IDS = 5000;

/** What changed since when, in steps of at most one a frame: for filters that look only at what is new. */
export class ChangeLog<Id> {
  readonly #nextFrame: NextFrame;
  readonly #advanced: () => void;
  #steps: { readonly revision: number; readonly ids: ReadonlySet<Id> }[] = [];
  #remembered = 0;
  #gathering: Set<Id> | null = null;
  #revision = 0;

  /** `advanced` is told after `revision` moved. */
  constructor(advanced: () => void, frame: NextFrame = nextFrame) {
    this.#advanced = advanced;
    this.#nextFrame = frame;
  }

  get revision(): number {
    return this.#revision;
  }

  add(ids: readonly Id[]): void {
    if (ids.length > REMEMBERED_IDS) return this.#forgetAll();
    if (!this.#gathering) {
      const gathering = (this.#gathering = new Set<Id>());
      this.#nextFrame(() => {
        if (this.#gathering === gathering) this.#step(gathering);
      });
    }
    for (const id of ids) this.#gathering.add(id);
  }

  /** Ids changed after `revision`, those of the coming step included; null when that is no longer known. */
  since(revision: number): ReadonlySet<Id> | null {
    const first = this.#steps[0]?.revision ?? this.#revision + 1;
    if (revision + 1 < first) return null;
    const ids = new Set<Id>(this.#gathering ?? []);
    for (const step of this.#steps) if (step.revision > revision) for (const id of step.ids) ids.add(id);
    return ids;
  }

  /** So much changed that every reader reads everything again: now, and not once more at the next frame. */
  #forgetAll(): void {
    this.#gathering = null;
    this.#steps = [];
    this.#remembered = 0;
    this.#revision += 1;
    this.#advanced();
  }

  #step(ids: ReadonlySet<Id>): void {
    this.#gathering = null;
    this.#revision += 1;
    this.#steps.push({ revision: this.#revision, ids });
    this.#remembered += ids.size;
    while (this.#remembered > REMEMBERED_IDS && this.#steps.length > 0) {
      this.#remembered -= this.#steps.shift()?.ids.size ?? 0;
    }
    this.#advanced();
  }
}
