import { paretoOf } from '@muster/domain/problem';
import { sql } from 'kysely';
import { CAUSED, causesOf } from './caused.ts';
import { counted } from './counted.ts';
import type { Asker, TrendRecords } from './counted.ts';
import type { Answered, Asked, ParetoGroup } from './questions.ts';

/** More bars than anybody looks at. */
const MOST_BARS = 200;

const COLUMN = {
  service: 'service',
  category: 'category',
  team: 'team',
  resolution: 'resolution',
  caller: 'requester',
} as const satisfies Record<Exclude<ParetoGroup, 'item' | 'cause'>, string>;

/** Which few make most of it (PRB-20). */
export async function answerPareto(asker: Asker, asked: Asked<'pareto'>): Promise<Answered<'pareto'>> {
  const { by, isTable, ...filter } = asked;
  const records = counted(asker, filter);
  const rows = await countsOf(asker, records, by);
  const bars = paretoOf(rows.flatMap(({ group, count }) => (group === null ? [] : [{ group, count }])));
  const most = isTable === true ? bars.length : MOST_BARS;
  const [shown, rest] = [bars.slice(0, most), bars.slice(most)];
  const names = await namesOf(
    asker,
    // whoever reads no configuration knows its services from the directory
    by === 'item' && !asker.actor.permissions.has('configuration.read') ? 'service' : by,
    shown.map(({ group }) => group),
  );
  return {
    bars: shown.map((bar) => ({ ...bar, name: names.get(bar.group) ?? bar.group })),
    others: { groups: rest.length, count: rest.reduce((sum, { count }) => sum + count, 0) },
    without: rows.find(({ group }) => group === null)?.count ?? 0,
  };
}

function countsOf(asker: Asker, records: TrendRecords, by: ParetoGroup): Promise<readonly Count[]> {
  if (by === 'item') return countsByItem(asker, records);
  return by === 'cause' ? countsByCause(records) : countsBy(records, COLUMN[by]);
}

interface Count {
  readonly group: string | null;
  readonly count: number;
}

function countsBy(records: TrendRecords, column: string): Promise<readonly Count[]> {
  return records
    .select([sql<string | null>`${sql.ref(column)}`.as('group'), sql<number>`count(*)`.as('count')])
    .groupBy(sql.ref(column))
    .orderBy('group')
    .execute();
}

/** A record that names an item and what was joined into it counts once. */
function countsByItem({ joined }: Asker, records: TrendRecords): Promise<readonly Count[]> {
  const links = sql<{ readonly item: string; readonly stays: string }>`(
    select key as item, value as stays from json_each(${JSON.stringify(Object.fromEntries(joined))}))`;
  const stays = sql<string | null>`coalesce(joined.stays, record_item.item)`;
  return records
    .leftJoin('record_item', 'record_item.record', 'record.key')
    .leftJoin(links.as('joined'), 'joined.item', 'record_item.item')
    .select([stays.as('group'), sql<number>`count(distinct record.key)`.as('count')])
    .groupBy(stays)
    .orderBy('group')
    .execute();
}

/** One behind which several problems stand counts with each of them. */
function countsByCause(records: TrendRecords): Promise<readonly Count[]> {
  return records
    .leftJoin(CAUSED.as('caused'), 'caused.incident', 'record.id')
    .select([sql<string | null>`caused.problem`.as('group'), sql<number>`count(*)`.as('count')])
    .groupBy('caused.problem')
    .orderBy('group')
    .execute();
}

const TABLE = { service: 'service', team: 'team', caller: 'person' } as const;

/** What people call items, services, teams and callers, as far as who asks may know; a category and a resolution are called what they are. */
export async function namesOf(
  { db, actor }: Pick<Asker, 'db' | 'actor'>,
  by: ParetoGroup,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (by === 'category' || by === 'resolution' || ids.length === 0) return new Map();
  if (by === 'cause') return causesOf(db, ids);
  // services are items of the map, too
  const named = by === 'item' ? (['service', 'configuration_item'] as const) : [TABLE[by]];
  const knowsDirectory = actor.permissions.has('directory.read');
  const tables = named.filter((table) => table === 'configuration_item' || knowsDirectory);
  const rows = await Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table)
        .select(['id', 'name'])
        .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`)
        .execute(),
    ),
  );
  return new Map(rows.flat().map(({ id, name }) => [id, name]));
}
