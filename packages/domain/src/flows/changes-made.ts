import type { Change } from '../change/index.ts';
import type { ChangeFact } from './what-changed.ts';

/**
 * Changes as far as they were begun: what touched services and items, and since when. One that nobody had asked about
 * took effect when it was found at the latest.
 */
export function changesMade(changes: Iterable<Change>): readonly ChangeFact[] {
  const facts: ChangeFact[] = [];
  for (const { id, title, items, model, madeAt, startedAt, endedAt, closedAt } of changes) {
    const from = startedAt ?? (model === 'unauthorised' ? madeAt : null);
    if (from === null) continue;
    const to = endedAt ?? closedAt;
    facts.push({ id, kind: 'change', title, record: id, from, to, touched: items });
  }
  return facts;
}
