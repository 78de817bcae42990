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

  add(ids: Iterable<Id>): void {
    if (!this.#gathering) {
      this.#gathering = new Set();
      this.#nextFrame(() => this.#step());
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

  #step(): void {
    const ids = this.#gathering ?? new Set<Id>();
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
