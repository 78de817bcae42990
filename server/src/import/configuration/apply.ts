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
  /** Looked at there as well: rights may be taken away while it runs. */
  readonly mayGoOn: () => Promise<boolean>;
  readonly onProgress: (done: number) => void;
}

/** How it ended: all of it, or as far as it came. */
export type AppliedTo = 'end' | 'stop' | 'loss-of-rights';

export async function applyImport(
  store: Pick<Store, 'commands' | 'writer' | 'together'>,
  planner: ImportPlanner,
  { source, actor, isStopped, mayGoOn, onProgress }: Applying,
): Promise<AppliedTo> {
  const ending = async (): Promise<AppliedTo | null> => {
    if (isStopped()) return 'stop';
    return (await mayGoOn()) ? null : 'loss-of-rights';
  };
  const before = await ending();
  if (before !== null) return before;
  await keepOrigins(store, source, await planner.standing());
  for (;;) {
    const { commands, isBoundary } = await planner.next();
    if (commands.length === 0) return 'end';
    const ended = isBoundary ? await ending() : null;
    if (ended !== null) return ended;
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
