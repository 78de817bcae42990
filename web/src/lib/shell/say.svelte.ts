import type { RecordId } from '@muster/domain/shared';
import type { Muster } from '#lib/live/muster.ts';
import { shortTime } from '#lib/ui/time.ts';
import { sayFrom } from '#lib/wording/say.ts';
import type { Say } from '#lib/wording/say.ts';

/** Names for the ids in refusals and news, from what this device holds. Read it where it should stay current. */
export function sayWith(muster: Muster): Say {
  return sayFrom({
    directory: muster.directory.current,
    me: muster.me.person.id,
    reference: (id) => referenceOf(muster, id as RecordId),
    moment: (at) => shortTime(at, Date.now()),
  });
}

/** Number or token of a record, when this device holds its row. */
export function referenceOf(muster: Muster, id: RecordId): string | undefined {
  const row = muster.tickets.get(id);
  return row === undefined ? undefined : (row.number ?? row.token);
}
