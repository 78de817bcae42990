import { BoundaryError } from '#lib/connection/boundary-error.ts';
import { problemWords } from '#lib/wording/problems.ts';

/** One form on its way to the server: whether it is under way, and what was wrong, by field and over all. */
export class Submission {
  #busy = $state(false);
  #problem = $state<string | null>(null);
  #code = $state<string | null>(null);
  #faults = $state.raw<Readonly<Record<string, string>>>({});

  get busy(): boolean {
    return this.#busy;
  }

  /** What is wrong with the whole; null when nothing is, or when fields say it. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The stable code of the problem. */
  get code(): string | null {
    return this.#code;
  }

  /** What is wrong with a field. */
  fault(field: string): string | null {
    return this.#faults[field] ?? null;
  }

  /** Names faults found here, before anything is sent. True when there are none. */
  check(faults: Readonly<Record<string, string | null | false>>): boolean {
    this.#problem = null;
    this.#code = null;
    this.#faults = Object.fromEntries(
      Object.entries(faults).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    return Object.keys(this.#faults).length === 0;
  }

  /** Runs what sends it, unless it runs already. True when it went through. */
  async run(send: () => Promise<void>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.check({});
    try {
      await send();
      return true;
    } catch (error) {
      this.#take(error);
      return false;
    } finally {
      this.#busy = false;
    }
  }

  #take(error: unknown): void {
    if (!(error instanceof BoundaryError)) {
      this.#problem = problemWords(error);
      return;
    }
    this.#code = error.problem;
    this.#faults = Object.fromEntries(
      error.faults.map(({ where, what }) => [where.replace(/^body\./, ''), sentenceOf(what)]),
    );
    this.#problem = error.faults.length > 0 ? null : sentenceOf(error.message);
  }
}

/** `must be an email address` → `Must be an email address.` */
function sentenceOf(words: string): string {
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
