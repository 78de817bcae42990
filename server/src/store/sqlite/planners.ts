import type { ImportPlanner, ImportPlanners } from '../store.ts';
import type { PlannerOperations } from './protocol.ts';
import { storeThread } from './store-thread.ts';
import { Thread, remote } from './thread.ts';

/** The threads of imports as the main thread sees them: one an import, none of them outliving the store. */
export class Planners {
  readonly #options: object;
  readonly #open = new Set<Thread>();
  readonly desk: ImportPlanners = { open: (signal) => this.#start(signal) };

  constructor(options: object) {
    this.#options = options;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((thread) => thread.end()));
  }

  async #start(signal: AbortSignal): Promise<ImportPlanner> {
    const thread = await Thread.start(storeThread('planner'), this.#options);
    this.#open.add(thread);
    const end = (): void => void thread.end();
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    const ask = remote<PlannerOperations>(thread);
    return {
      plan: (bytes, as, actor) => ask('plan', bytes, as, { id: actor.id, permissions: actor.permissions }),
      standing: () => ask('standing'),
      next: () => ask('next'),
      settle: (outcomes) => ask('settle', outcomes),
      report: (mode) => ask('report', mode),
      close: async () => {
        signal.removeEventListener('abort', end);
        this.#open.delete(thread);
        await thread.close();
      },
    };
  }
}
