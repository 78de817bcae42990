import type { Kysely } from 'kysely';
import type { DeliveryChannel, DeliveryState } from '../store/schema-channels.ts';
import type { Database } from '../store/schema.ts';

/** How far a piece of news came by a channel. */
export interface Reach {
  readonly state: DeliveryState;
  readonly at: number | null;
}

/** The farthest first. */
const REACHES: readonly DeliveryState[] = ['sent', 'sending', 'queued', 'failed', 'skipped'];

/** How far inbox items came by each channel; of several devices, with the one that it came farthest with. */
export async function reachesOf(
  db: Kysely<Database>,
  items: readonly string[],
): Promise<(item: string, channel: DeliveryChannel) => Reach | null> {
  const rows =
    items.length === 0
      ? []
      : await db
          .selectFrom('delivery')
          .select(['item', 'channel', 'state', 'ended_at'])
          .where('item', 'in', items)
          .execute();
  const byItem = Map.groupBy(rows, ({ item }) => item);
  return (item, channel) => {
    const among = (byItem.get(item) ?? []).filter((row) => row.channel === channel);
    const farthest = REACHES.flatMap((state) => among.find((row) => row.state === state) ?? [])[0];
    return farthest === undefined ? null : { state: farthest.state, at: farthest.ended_at };
  };
}
