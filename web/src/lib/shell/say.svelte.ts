import type { RecordId } from '@muster/domain/shared';
import type { Muster } from '#lib/live/muster.ts';
import { shortTime } from '#lib/ui/time.ts';
import { sayFrom } from '#lib/wording/say.ts';
import type { Say } from '#lib/wording/say.ts';

/** What tells a record's name when tickets do not: rows of changes, problems and others that a screen holds. */
export type NamedElsewhere = (
  id: RecordId,
) => { readonly number: string | null; readonly token: string } | null | undefined;

/** Names for the ids in refusals and news, from what this device holds. Read it where it should stay current. */
export function sayWith(muster: Muster, elsewhere?: NamedElsewhere): Say {
  return sayFrom({
    directory: muster.directory.current,
    me: muster.me.person.id,
    reference: (id) => {
      const row = muster.tickets.get(id as RecordId) ?? elsewhere?.(id as RecordId);
      return row?.number ?? row?.token;
    },
    moment: (at) => shortTime(at, Date.now()),
  });
}

/** Number or token of a record, when this device holds its row. */
export function referenceOf(muster: Muster, id: RecordId): string | undefined {
  const row = muster.tickets.get(id);
  return row === undefined ? undefined : (row.number ?? row.token);
}
