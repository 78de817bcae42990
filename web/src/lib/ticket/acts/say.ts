import type { Muster } from '#lib/live/muster.ts';
import { shortTime } from '#lib/ui/time.ts';
import { sayFrom, type Say } from '#lib/wording/say.ts';

/** Names for the ids in refusals and events, from what this device holds. */
export function sayOf(muster: Muster): Say {
  return sayFrom({
    directory: muster.directory.current,
    me: muster.me.person.id,
    reference: (id) => {
      const row = muster.tickets.get(id as Parameters<typeof muster.tickets.get>[0]);
      return row ? (row.number ?? row.token) : undefined;
    },
    moment: (at) => shortTime(at, muster.now),
  });
}
