/** A room is read whole again each time: it is indexed when nobody has written in it for so long, */
export const STILL_MS = 1_000;
/** and where somebody always does, this long after the first word that is not indexed. */
export const AT_LATEST_MS = 10_000;

/** Which rooms hold words that are not indexed, and which of them is due. Instants are ms of any one clock. */
export class DueRooms {
  /** In the order of their last such words. */
  readonly #last = new Map<string, number>();
  /** The same rooms in the order of their first ones. */
  readonly #first = new Map<string, number>();

  /** Somebody wrote in it. */
  note(name: string, now: number): void {
    this.#last.delete(name);
    this.#last.set(name, now);
    if (!this.#first.has(name)) this.#first.set(name, now);
  }

  /** The room that waited longest of those that are due; null when none is. */
  next(now: number): string | null {
    const [oldest] = this.#first;
    if (oldest !== undefined && now - oldest[1] >= AT_LATEST_MS) return oldest[0];
    const [stillest] = this.#last;
    return stillest !== undefined && now - stillest[1] >= STILL_MS ? stillest[0] : null;
  }

  /** It is being indexed. */
  take(name: string): void {
    this.#last.delete(name);
    this.#first.delete(name);
  }
}
