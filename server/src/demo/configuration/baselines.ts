/** Moments of the configuration that somebody named: when the quarter began, and before the warehouse was extended. */
import { stableRecordId } from '../../import/stable-id.ts';
import { insertBaseline } from '../../store/configuration-baselines.ts';
import type { Store } from '../../store/store.ts';
import { EXTENDED_BEFORE_MS } from '../changes/with-values.ts';
import type { Cast } from '../people.ts';
import { DEMO_SOURCE } from '../tickets.ts';

const DAY = 24 * 60 * 60_000;

export async function nameMoments(store: Store, cast: Cast, now: number): Promise<void> {
  const [author] = cast.team('Platform').members;
  if (author === undefined) throw new Error('demonstration: nobody keeps the configuration');
  const moments = [
    ['Begin of the quarter', 'For the audit.', now - 60 * DAY],
    [
      'Before the data warehouse grows',
      'To compare with once the memory is in.',
      now - EXTENDED_BEFORE_MS - DAY,
    ],
  ] as const;
  for (const [place, [name, note, at]] of moments.entries()) {
    const id = stableRecordId(DEMO_SOURCE, `baseline-${place}`);
    const isKept = await insertBaseline(store.writer, {
      ...{ id, name, note, at, scope: null, by: author.id, madeAt: at },
    });
    if (!isKept) throw new Error(`demonstration: no room for the baseline ${name}`);
  }
}
