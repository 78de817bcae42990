import { createContext } from 'svelte';

/** News are gathered this long, so that a busy list says one sentence and not twenty. */
const GATHER_MS = 700;
const SAID_ONE_BY_ONE = 2;

/** Says things politely to screen readers, coalesced. One a page, drawn by `LiveRegion`. */
export class Announcer {
  #spoken = $state('');
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What the live region holds now. */
  get spoken(): string {
    return this.#spoken;
  }

  say(text: string): void {
    if (this.#waiting.at(-1) !== text) this.#waiting.push(text);
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#flush(), GATHER_MS);
  }

  #flush(): void {
    const { length } = this.#waiting;
    const last = this.#waiting.at(-1) ?? '';
    this.#spoken =
      length <= SAID_ONE_BY_ONE ? this.#waiting.join('. ') : `${length} updates, the last: ${last}`;
    this.#waiting = [];
    this.#timer = undefined;
  }
}

export const [getAnnouncer, setAnnouncer] = createContext<Announcer>();
