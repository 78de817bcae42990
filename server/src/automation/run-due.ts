/** Runs what fell due, as the system, by the same commands that people use. */
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';

/** Commands in one batch, so that people's commands get their turn between two. */
const BATCH = 50;
const MOST_REMEMBERED = 1_000;

/** Of one clock: what is refused is logged once for each record and reason, however often it is tried again. */
export class DueCommands {
  readonly #store: Pick<Store, 'commands'>;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #told = new Set<string>();

  constructor(store: Pick<Store, 'commands'>, log: Pick<Logger, 'warn'>) {
    this.#store = store;
    this.#log = log;
  }

  /** Runs each once; how many changed something. */
  async run(due: readonly CommandEnvelope[]): Promise<number> {
    let applied = 0;
    for (let from = 0; from < due.length; from += BATCH) {
      const batch = due.slice(from, from + BATCH);
      const outcomes = await this.#store.commands.run(batch, SYSTEM_ACTOR);
      applied += outcomes.filter(({ outcome }) => outcome === 'applied').length;
      for (const [at, command] of batch.entries()) this.#note(command, outcomes[at]);
    }
    return applied;
  }

  /** Asks again for what is due as long as something changed: one thing may have waited for another. */
  async runWhile(dueNow: () => Promise<readonly CommandEnvelope[]>, mostRounds: number): Promise<number> {
    let done = 0;
    for (let round = 0; round < mostRounds; round += 1) {
      const applied = await this.run(await dueNow());
      if (applied === 0) break;
      done += applied;
    }
    return done;
  }

  #note({ type, target }: CommandEnvelope, outcome: CommandOutcome | undefined): void {
    if (outcome?.outcome !== 'refused') return;
    const { code } = outcome.refusal;
    const key = `${type} ${target} ${code}`;
    if (this.#told.has(key)) return;
    if (this.#told.size >= MOST_REMEMBERED) this.#told.clear();
    this.#told.add(key);
    this.#log.warn({ type, record: target, code }, 'what fell due was refused');
  }
}
