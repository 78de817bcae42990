import { problemWords } from '#lib/wording/problems.ts';
import type { AdminApi, Sample } from './admin-api.ts';

/** A quarter of an hour, as the server keeps it. */
const KEPT_MS = 15 * 60_000;

/** The server's samples, followed while somebody looks. Each ask brings only what is new. */
export class LiveSamples {
  readonly #admin: Pick<AdminApi, 'samples'>;
  #samples = $state.raw<readonly Sample[]>([]);
  #problem = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stopped = true;

  constructor(admin: Pick<AdminApi, 'samples'>) {
    this.#admin = admin;
  }

  /** Oldest first. */
  get samples(): readonly Sample[] {
    return this.#samples;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** Follows until the answer is called. */
  follow(): () => void {
    this.#stopped = false;
    void this.#ask();
    return () => {
      this.#stopped = true;
      if (this.#timer !== null) clearTimeout(this.#timer);
    };
  }

  /** Asks again at once, after a problem. */
  async load(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#ask();
  }

  async #ask(): Promise<void> {
    let everyMs = 2_000;
    try {
      if (!document.hidden) everyMs = await this.#take();
      this.#problem = null;
    } catch (error) {
      this.#problem = problemWords(error);
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#ask(), everyMs);
  }

  async #take(): Promise<number> {
    const after = this.#samples.at(-1)?.at ?? 0;
    const { everyMs, samples } = await this.#admin.samples(after);
    const all = [...this.#samples, ...samples];
    const from = (all.at(-1)?.at ?? 0) - KEPT_MS;
    this.#samples = all.filter(({ at }) => at > from);
    return everyMs;
  }
}
