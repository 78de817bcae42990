/** The commands `item.<verb>`: readable → arguments → facts → decide → events, row, map, history, news. */
import { canReadConfiguration, decideItem, evolveItem } from '@muster/domain/configuration';
import type { ConfigurationItem, ItemAct, ItemEvent } from '@muster/domain/configuration';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { itemColumns, itemOf } from '../../store/configuration.ts';
import { applied, chainEvents, doingOf, refused, tellPeople } from '../acts.ts';
import type { ActParts, Doing } from '../acts.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { parseItemAct } from '../schema/configuration.ts';
import { unseenBy } from '../unseen.ts';
import type { ConfigurationBook } from './configuration-book.ts';

export const ITEM_PREFIX = 'item.';

export interface ConfigurationParts extends ActParts {
  readonly configuration: ConfigurationBook;
}

interface StoredItemRow {
  readonly item: ConfigurationItem;
  readonly key: number;
  readonly live: boolean;
}

export class ItemCommands {
  readonly #parts: ConfigurationParts;

  constructor(parts: ConfigurationParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const act = parseItemAct(type.slice(ITEM_PREFIX.length), command.args);
    if (act === null) return refused({ code: 'command/unknown-type', type });
    const stored = await this.#find(target);
    const isNew = act.ok ? act.value.verb === 'create' : type === `${ITEM_PREFIX}create`;
    const isHidden = !canReadConfiguration(actor) || (stored === null && !isNew);
    if (
      isHidden ||
      (stored === null && (await isTakenElsewhere(this.#parts.db, target, 'configuration_item')))
    )
      return refused({ code: 'configuration/no-such-item', item: target });
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    return this.#decide(stored, act.value, command, doingOf(command, actor, now));
  }

  async #decide(
    stored: StoredItemRow | null,
    act: ItemAct,
    command: CommandEnvelope,
    doing: Doing,
  ): Promise<Outcome> {
    const { numbers, configuration, projection, events: history } = this.#parts;
    const { target } = command;
    const { actor, at: now } = doing;
    const state = stored?.item ?? null;
    const number = state === null ? await numbers.forRecord('configuration', now, command) : null;
    const verdict = decideItem(state, act, {
      ...{ actor, now, target, number: number?.text ?? null },
      directory: await this.#parts.directory(),
      since: state === null ? [] : await unseenBy<ItemEvent>(command, this.#parts),
      facts: await configuration.facts(),
    });
    if (!verdict.ok) return refused(verdict.refusal);
    const { events, tell, superseded } = verdict.value;
    const about = { process: 'configuration', record: target } as const;
    if (superseded !== undefined) {
      await tellPeople(projection, tell, about, command.id, now);
      return { outcome: 'superseded', ...superseded };
    }
    const folded = await chainEvents(history, target, state, events, evolve, doing);
    const after = folded.at(-1)?.after;
    if (after !== undefined) {
      const key = await this.#store(stored, after);
      const recorded = folded.map((each) => each.recorded);
      await projection.showItem({ before: state, after, recorded, key });
    }
    if (number?.isNext === true) await numbers.take('configuration', now);
    await tellPeople(projection, tell, about, command.id, now);
    return applied(state, after ?? state);
  }

  async #find(id: RecordId): Promise<StoredItemRow | null> {
    const row = await this.#parts.db
      .selectFrom('configuration_item')
      .select(['key', 'live', 'data'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, live: row.live === 1, item: itemOf(row) };
  }

  /** @returns What the board knows it by; null when it has left the board */
  async #store(stored: StoredItemRow | null, item: ConfigurationItem): Promise<number | null> {
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
