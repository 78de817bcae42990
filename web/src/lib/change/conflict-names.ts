import type { ItemId, RecordId } from '@muster/domain/shared';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import type { ConflictNames } from './conflict-words.ts';
import { stretchWords } from './stretch-words.ts';

export interface ChangeNames extends ConflictNames {
  model(id: string): string;
}

/** Names for the ids that conflicts and windows are about, and times on the clock of their zone. */
export function namesOf(changes: LiveChanges, zone: string): ChangeNames {
  return {
    change: (id) => {
      const change = changes.peek(id as RecordId);
      return change === undefined ? 'another change' : `${change.number ?? change.token} “${change.title}”`;
    },
    window: (id) => changes.rules.windows.find((each) => each.id === id)?.name ?? 'a window',
    item: (id) => changes.itemName(id as ItemId) ?? 'something else',
    model: (id) => changes.rules.models.get(id)?.name ?? 'other',
    stretch: (from, to) => stretchWords(from, to, zone),
  };
}
