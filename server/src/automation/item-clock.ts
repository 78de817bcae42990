/** What happens to items because time passes: their owners are asked to look at what is stale or incomplete. */
import {
  DependencyMap,
  SERVICE_CLASS,
  classesOf,
  healthRulesOf,
  reviewsDue,
  typesOf,
} from '@muster/domain/configuration';
import type { Asked, ConfigurationItem } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId, PersonId } from '@muster/domain/shared';
import type { Logger } from '../log.ts';
import { derivedCommandId } from '../commands/derived-id.ts';
import { itemOf, readRules, relationOf } from '../store/configuration.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** So many rows are read at a time: between two reads others have their turn. */
const PAGE = 500;
const MOST_AT_ONCE = 500;

/** Asks owners about what they answer for, a few items a day each (CFG-54). */
export function startItemClock(store: Store, log: Logger, everyMs = EVERY_MS): Clock {
  const commands = new DueCommands(store, log);
  const tick = async (now: number): Promise<number> => {
    const due = await itemsDue(store, now);
    return commands.run(
      due.slice(0, MOST_AT_ONCE).map(({ id: target, version: basis, care, updatedAt }) => ({
        id: derivedCommandId(
          `clock:item-review:${target}:${basis}:${Math.floor(now / DAY_MS)}`,
          care?.askedAt ?? updatedAt,
        ),
        ...{ type: 'item.ask-review', target: recordId(target), args: {}, basis, clientAt: now },
      })),
    );
  };
  return startClock({
    everyMs,
    tick,
    log,
    words: {
      done: 'owners of configuration items were asked to look at them',
      failed: 'the clock of configuration items failed and tries again in an hour',
    },
  });
}

async function itemsDue(store: Store, now: number): Promise<readonly Asked[]> {
  const db = store.reader;
  const rules = await readRules(db);
  const people = new Set(
    (await db.selectFrom('person').select('id').where('active', '=', 1).execute()).map(({ id }) => id),
  );
  const items: ConfigurationItem[] = [];
  for (let after = 0, rows = 1; rows > 0;) {
    const page = await db
      .selectFrom('configuration_item')
      .select(['key', 'data'])
      .where('key', '>', after)
      .where('live', '=', 1)
      .orderBy('key')
      .limit(PAGE)
      .execute();
    items.push(...page.map(itemOf));
    [after, rows] = [page.at(-1)?.key ?? after, page.length];
  }
  const map = new DependencyMap(typesOf(rules), items);
  for (let after = 0, rows = 1; rows > 0;) {
    const page = await db
      .selectFrom('configuration_relation')
      .selectAll()
      .where('key', '>', after)
      .where('until', 'is', null)
      .orderBy('key')
      .limit(PAGE)
      .execute();
    for (const row of page) {
      const relation = relationOf(row);
      // services are of the directory; here they only stand at an end
      for (const end of [relation.from, relation.to])
        if (map.itemOf(end) === undefined) map.put(serviceAt(end));
      map.relate(relation);
    }
    [after, rows] = [page.at(-1)?.key ?? after, page.length];
  }
  return reviewsDue(items, {
    ...{ classes: classesOf(rules), map, health: healthRulesOf(rules), now },
    isHere: (person: PersonId) => people.has(person),
  });
}

const serviceAt = (id: ItemId) =>
  ({ id, class: SERVICE_CLASS, state: 'in_service', redundancy: [] }) as const;
