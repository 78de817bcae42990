import { MAX_NOTE, cleanText } from '../shared/ticket/text.ts';
import type { ActOf } from './acts.ts';
import { no, yes } from './case.ts';
import type { ChangeAnswer, ChangeCase } from './case.ts';
import { plannedOf } from './change.ts';

/** Lets conflicts be, each by its key: when either side moves it is another conflict. A hard freeze stays. */
export function decideWaive(kase: ChangeCase, act: ActOf<'waive-conflicts'>): ChangeAnswer {
  const { change, context } = kase;
  const reason = cleanText(act.reason, MAX_NOTE);
  if (reason === null) return no('missing-field', { field: 'reason' });
  if (act.keys.length === 0) return no('missing-field', { field: 'keys' });
  const planned = plannedOf(change);
  const present = new Map(
    (planned === null ? [] : context.facts.conflictsOf(planned)).map((conflict) => [conflict.key, conflict]),
  );
  for (const key of act.keys) {
    const conflict = present.get(key);
    if (conflict === undefined) return no('no-such-conflict', { conflict: key });
    if (conflict.hard) return no('conflict-stays', { conflict: key });
  }
  const waived = new Set(change.waived.map(({ key }) => key));
  const keys = [...new Set(act.keys)].filter((key) => !waived.has(key));
  return keys.length === 0
    ? no('nothing-to-change', { field: 'waived' })
    : yes([{ type: 'conflicts-waived', keys, reason }]);
}
