import type { RecordId } from '@muster/domain/shared';
import { clusteredIds } from './clusters.ts';
import type { Asker } from './counted.ts';
import type { FoundKind, TrendFilter } from './questions.ts';
import { recurringIds } from './recurrences.ts';

const FOUND = { clusters: clusteredIds, recurrences: recurringIds } as const;

/**
 * All of what some ids are the newest of (PRB-85). An address names so many only, so it is found anew, and is what has
 * most of them: records that changed meanwhile may have left it.
 */
export async function restOf(
  asker: Asker,
  filter: TrendFilter,
  kind: FoundKind,
  newest: readonly string[],
): Promise<readonly RecordId[]> {
  const named = new Set(newest);
  let best: { readonly ids: readonly RecordId[]; readonly shared: number } = { ids: [], shared: 0 };
  for (const ids of await FOUND[kind](asker, filter)) {
    const shared = ids.filter((id) => named.has(id)).length;
    if (shared > best.shared) best = { ids, shared };
  }
  return best.ids;
}
