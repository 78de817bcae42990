/** Carries an import from its thread to the one command path, batch by batch, as whoever asked for it. */
import type { Actor } from '@muster/domain/shared';
import type { ImportPlanner, Store } from '../../store/store.ts';
import type { Origin } from './import-work.ts';

/** Origins a transaction. */
const BATCH = 100;

export interface Applying {
  readonly source: string;
  readonly actor: Actor;
  /** Looked at between whole pieces: what was begun is finished. */
  readonly isStopped: () => boolean;
  readonly onProgress: (done: number) => void;
}

/** @returns Whether it went through to its end */
export async function applyImport(
  store: Pick<Store, 'commands' | 'writer' | 'together'>,
  planner: ImportPlanner,
  { source, actor, isStopped, onProgress }: Applying,
): Promise<boolean> {
  if (isStopped()) return false;
  await keepOrigins(store, source, await planner.standing());
  for (;;) {
    const { commands, isBoundary } = await planner.next();
    if (commands.length === 0) return true;
    if (isBoundary && isStopped()) return false;
    const outcomes = await store.commands.run(commands, actor);
    const { done, origins } = await planner.settle(outcomes);
    await keepOrigins(store, source, origins);
    onProgress(done);
  }
}

async function keepOrigins(
  store: Pick<Store, 'writer' | 'together'>,
  source: string,
  origins: readonly Origin[],
): Promise<void> {
  for (let from = 0; from < origins.length; from += BATCH)
    await store.together([
      store.writer
        .insertInto('configuration_origin')
        .values(origins.slice(from, from + BATCH).map((each) => ({ source, ...each })))
        .onConflict((conflict) => conflict.doNothing()),
    ]);
}
