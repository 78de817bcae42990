import { paretoOf } from '@muster/domain/problem';
import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { CAUSED, causesOf } from './caused.ts';
import { counted } from './counted.ts';
import type { Asker, TrendRecords } from './counted.ts';
import type { Answered, Asked, ParetoGroup, TrendFilter } from './questions.ts';

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
  const rows = await countsOf(asker, counted(asker, filter), by);
  const bars = barsOf(rows);
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
    others: { groups: rest.length, count: rest.length === 0 ? 0 : await countBeyond(asker, asked, shown) },
    without: rows.find(({ group }) => group === null)?.count ?? 0,
  };
}

const barsOf = (rows: readonly Count[]) =>
  paretoOf(rows.flatMap(({ group, count }) => (group === null ? [] : [{ group, count }])));

type Bars = ReturnType<typeof barsOf>;

/** One that belongs to several groups without a bar is one record all the same (PRB-84). */
async function countBeyond(asker: Asker, { by, ...filter }: Asked<'pareto'>, shown: Bars): Promise<number> {
  const { count } = await counted(asker, filter)
    .where(isBeyond(asker, by, shown))
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Records of groups that a Pareto of the same filter has no bar for. */
export async function beyondBars(
  asker: Asker,
  filter: TrendFilter,
  by: ParetoGroup,
): Promise<RawBuilder<SqlBool>> {
  const bars = barsOf(await countsOf(asker, counted(asker, filter), by));
  return isBeyond(asker, by, bars.slice(0, MOST_BARS));
}

/** By the groups that have a bar, of which there are few: of the others there may be thousands. */
function isBeyond({ joined }: Asker, by: ParetoGroup, shown: Bars): RawBuilder<SqlBool> {
  const isOther = (group: RawBuilder<unknown>) =>
    sql<SqlBool>`${group} not in (select value from json_each(${JSON.stringify(shown.map((bar) => bar.group))}))`;
  if (by === 'cause')
    return sql`record.id in (select incident from ${CAUSED} as caused where ${isOther(sql`caused.problem`)})`;
  if (by === 'item')
    return sql`record.key in (
      select record from record_item left join ${staysOf(joined)} as joined using (item)
      where ${isOther(STAYS)})`;
  const column = sql.ref(COLUMN[by]);
  return sql`(${column} is not null and ${isOther(column)})`;
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
  return records
    .leftJoin('record_item', 'record_item.record', 'record.key')
    .leftJoin(staysOf(joined).as('joined'), 'joined.item', 'record_item.item')
    .select([STAYS.as('group'), sql<number>`count(distinct record.key)`.as('count')])
    .groupBy(STAYS)
    .orderBy('group')
    .execute();
}

/** Beside an item that was joined into another the one that stays. */
const staysOf = (joined: Asker['joined']) =>
  sql<{ readonly item: string; readonly stays: string }>`(
    select key as item, value as stays from json_each(${JSON.stringify(Object.fromEntries(joined))}))`;
const STAYS = sql<string | null>`coalesce(joined.stays, record_item.item)`;

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
