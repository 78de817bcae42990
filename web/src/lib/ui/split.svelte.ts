export interface SplitOptions {
  /** Where the width is remembered on this device. */
  key: string;
  /** Px of the sized pane, first time. */
  initial: number;
  min: number;
  max: number;
}

const STEP = 16;
const BIG_STEP = 64;

/** The width of one pane beside another: dragged, keyed, remembered. Widths are px of the sized pane. */
export class Split {
  readonly #options: () => SplitOptions;
  /** Room for both panes; the sized one never takes more than 70 % of it. */
  readonly #room: () => number;
  #wanted = $state(0);

  constructor(options: () => SplitOptions, room: () => number) {
    this.#options = options;
    this.#room = room;
    this.#wanted = remembered(options().key) ?? options().initial;
  }

  get max(): number {
    const room = this.#room();
    const { min, max } = this.#options();
    return room > 0 ? Math.max(min, Math.min(max, Math.round(room * 0.7))) : max;
  }

  get width(): number {
    return Math.min(this.max, Math.max(this.#options().min, Math.round(this.#wanted)));
  }

  drag(width: number): void {
    this.#wanted = width;
  }

  reset(): void {
    this.#wanted = this.#options().initial;
    this.keep();
  }

  /** Remembers the width; called when a drag or a key is done. */
  keep(): void {
    this.#wanted = this.width;
    try {
      localStorage.setItem(storageKey(this.#options().key), String(this.width));
    } catch {
      // a full or forbidden storage only costs the memory of a width
    }
  }

  /** Answers the keys of a separator; `grow` is the arrow that makes the sized pane wider. True when it was one. */
  key(key: string, big: boolean, grow: 'ArrowLeft' | 'ArrowRight'): boolean {
    const shrink = grow === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const step = big ? BIG_STEP : STEP;
    if (key === grow) this.#wanted = this.width + step;
    else if (key === shrink) this.#wanted = this.width - step;
    else if (key === 'Home') this.#wanted = this.#options().min;
    else if (key === 'End') this.#wanted = this.max;
    else if (key === 'Enter') this.#wanted = this.#options().initial;
    else return false;
    this.keep();
    return true;
  }
}

const storageKey = (key: string) => `muster:split:${key}`;

function remembered(key: string): number | null {
  try {
    const width = Number(localStorage.getItem(storageKey(key)));
    return Number.isFinite(width) && width > 0 ? width : null;
  } catch {
    return null;
  }
}
