/** Runs what fell due, as the system, by the same commands that people use. */
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import type { Store } from '../store/store.ts';

/** Commands in one batch, so that people's commands get their turn between two. */
const BATCH = 50;

/** Runs each once; how many changed something. */
export async function runDue(store: Store, due: readonly CommandEnvelope[]): Promise<number> {
  let applied = 0;
  for (let from = 0; from < due.length; from += BATCH) {
    const outcomes = await store.commands.run(due.slice(from, from + BATCH), SYSTEM_ACTOR);
    applied += outcomes.filter(({ outcome }) => outcome === 'applied').length;
  }
  return applied;
}

/** Asks again for what is due as long as something changed: one thing may have waited for another. */
export async function runWhileDue(
  store: Store,
  dueNow: () => Promise<readonly CommandEnvelope[]>,
  mostRounds: number,
): Promise<number> {
  let done = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const applied = await runDue(store, await dueNow());
    if (applied === 0) break;
    done += applied;
  }
  return done;
}
