import type { Instant } from '../../shared/index.ts';
import type { Planned } from './conflict.ts';

/**
 * Changes in the order of their begin, so that those overlapping a stretch are found without looking at the others.
 * None of them is longer than `#longest`: what began earlier than that before the stretch is over.
 */
export class TimeList {
  readonly #sorted: Planned[] = [];
  #longest = 0;

  add(planned: Planned): void {
    this.#sorted.splice(this.#place(planned.begins), 0, planned);
    this.#longest = Math.max(this.#longest, planned.ends - planned.begins);
  }

  delete(planned: Planned): void {
    for (let at = this.#place(planned.begins); at < this.#sorted.length; at += 1) {
      const each = this.#sorted[at];
      if (each === undefined || each.begins !== planned.begins) return;
      if (each.id !== planned.id) continue;
      this.#sorted.splice(at, 1);
      return;
    }
  }

  *overlapping(from: Instant, to: Instant): Generator<Planned> {
    for (let at = this.#place(from - this.#longest); at < this.#sorted.length; at += 1) {
      const each = this.#sorted[at];
      if (each === undefined || each.begins >= to) return;
      if (each.ends > from) yield each;
    }
  }

  /** The first place whose begin is not before `begins`. */
  #place(begins: Instant): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.begins ?? Infinity) < begins) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
