/** The commands `item.<verb>`: readable → arguments → facts → decide → events, row, map, history, news. */
import { canReadConfiguration, decideItem, evolveItem } from '@muster/domain/configuration';
import type { ConfigurationItem, ItemAct, ItemEvent } from '@muster/domain/configuration';
import type { Actor, CommandEnvelope, ItemId, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { itemColumns, itemOf } from '../../store/configuration.ts';
import type { Folded } from '../acts.ts';
import { RecordActs } from '../record-acts.ts';
import type { BoardRow, Evolved } from '../record-acts.ts';
import { isItemVerb, parseItemAct } from '../schema/configuration.ts';
import type { ConfigurationParts } from './configuration-parts.ts';
import { moveJoined } from './move-joined.ts';

export const ITEM_PREFIX = 'item.';

type StoredItem = BoardRow<ConfigurationItem>;

export class ItemCommands {
  readonly #parts: ConfigurationParts;
  readonly #acts: RecordActs<StoredItem, ItemAct, ItemEvent>;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredItem, ItemAct, ItemEvent>(parts, {
      ...{ prefix: ITEM_PREFIX, table: 'configuration_item', making: 'create' },
      ...{ isVerb: isItemVerb, parse: parseItemAct, mayRead: canReadConfiguration, evolve },
      absent: (item) => ({ code: 'configuration/no-such-item', item }),
      find: (id) => this.#find(id),
      decide: async (state, act, around) =>
        decideItem(state, act, {
          ...{ ...around, facts: await parts.configuration.facts() },
          other: act.verb === 'join' ? await this.#otherOf(act.other) : null,
        }),
      keep: (evolved) => this.#keep(evolved),
      follow: (folded) => this.#moveJoined(folded),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #find(id: RecordId): Promise<StoredItem | null> {
    const row = await this.#parts.db
      .selectFrom('configuration_item')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, state: itemOf(row) };
  }

  async #otherOf(id: ItemId): Promise<ConfigurationItem | null> {
    return (await this.#find(id as RecordId))?.state ?? null;
  }

  async #moveJoined(folded: readonly Folded<ConfigurationItem, ItemEvent>[]): Promise<void> {
    for (const { after, recorded } of folded) await moveJoined(this.#parts, after, recorded);
  }

  async #keep({ stored, before, after, recorded }: Evolved<StoredItem, ItemEvent>): Promise<void> {
    const key = await this.#store(stored, after);
    await this.#parts.projection.showItem({ before, after, recorded, key });
  }

  /** @returns What the board knows it by; null when it has left the board */
  async #store(stored: StoredItem | null, item: ConfigurationItem): Promise<number | null> {
    const { db } = this.#parts;
    const columns = itemColumns(item);
    if (stored === null) {
      const last = await db
        .selectFrom('configuration_item')
        .select(({ fn }) => fn.max('key').as('key'))
        .executeTakeFirst();
      const key = (last?.key ?? 0) + 1;
      await db
        .insertInto('configuration_item')
        .values({ ...columns, id: item.id, key, live: 1 })
        .execute();
      return key;
    }
    await db.updateTable('configuration_item').set(columns).where('id', '=', item.id).execute();
    return stored.live ? stored.key : null;
  }
}

function evolve(
  state: ConfigurationItem | null,
  recorded: Recorded<ItemEvent>,
  target: RecordId,
): ConfigurationItem {
  return evolveItem(state, recorded.event, recorded, target);
}
