import type { RefusalContent } from '@muster/domain/shared';
import type { SentCommand } from '#lib/live/sent-command.ts';

/** The acts on one problem or known error from its screen, and why the last one was refused. */
export class RecordActs<Act> {
  readonly #run: (act: Act, basis?: number) => SentCommand;
  readonly #words: (refusal: RefusalContent) => string;
  #refusal = $state<string | null>(null);

  constructor(run: (act: Act, basis?: number) => SentCommand, words: (refusal: RefusalContent) => string) {
    this.#run = run;
    this.#words = words;
  }

  /** In words; null when the last act is on its way. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /**
   * Why it was not done, in words; null when it is on its way.
   * @param basis The version that the author saw; the present one if left out
   */
  readonly act = async (given: Act, basis?: number): Promise<string | null> => {
    const kept = await this.#run(given, basis).kept;
    this.#refusal = kept !== 'kept' && kept.outcome === 'refused' ? this.#words(kept.refusal) : null;
    return this.#refusal;
  };
}
