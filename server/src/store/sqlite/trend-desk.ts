import type { Actor } from '@muster/domain/shared';
import { BoundaryError } from '../boundary-error.ts';
import type { TrendDesk } from '../store.ts';
import type { Answered, Asked, TrendKind } from '../trend/questions.ts';
import type { AnalystOperations, Remote } from './protocol.ts';

/** Questions that wait for their turn: more would be answered when nobody waits any more. */
const MOST_WAITING = 40;

/** Trends as the main thread sees them: bounded, and given up when whoever asked goes away. */
export function trendDesk(analyst: () => Promise<Remote<AnalystOperations>>): TrendDesk {
  let waiting = 0;
  return {
    ask: async <Kind extends TrendKind>(
      kind: Kind,
      asked: Asked<Kind>,
      actor: Actor,
      signal?: AbortSignal,
    ): Promise<Answered<Kind>> => {
      if (waiting >= MOST_WAITING) throw new BoundaryError('store/busy');
      const given = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      const giveUp = (): void => void Atomics.store(new Int32Array(given), 0, 1);
      if (signal?.aborted === true) giveUp();
      signal?.addEventListener('abort', giveUp);
      waiting += 1;
      try {
        const ask = await analyst();
        // one operation for all kinds: which answer belongs to which question is in the table of questions
        return (await ask('ask', kind, asked, { actor, now: Date.now(), given })) as Answered<Kind>;
      } finally {
        waiting -= 1;
        signal?.removeEventListener('abort', giveUp);
      }
    },
  };
}
