import {
  LEAST_CAME_BACK,
  RECURRENCE,
  RECURRENCE_REACH_MS,
  recurrencesIn,
  symptomKey,
} from '@muster/domain/problem';
import type { Recurrence, RecurrenceRule, TrendIncident } from '@muster/domain/problem';
import { recordId, serviceId } from '@muster/domain/shared';
import type { ItemId, RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { counted } from './counted.ts';
import type { Asker } from './counted.ts';
import { evidenceOf, titlesOf } from './evidence.ts';
import { namesOf } from './pareto.ts';
import type { Answered, Asked } from './questions.ts';
import { readRecordItems } from './record-items.ts';
import { sharedItems } from './shared-items.ts';

const MOST = 100;
/** The rule with the most to say first. */
const RULES: readonly RecurrenceRule[] = ['majors', 'week', 'count', 'reopened'];
/** Rows between two looks at whether anybody still waits. */
const A_LOOK = 1_000;

interface Row extends TrendIncident {
  readonly service: string | null;
  readonly category: string | null;
  readonly about: readonly ItemId[];
}

/** What happened too often to be chance, by the end of the span (PRB-22, PRB-24); the most often first. */
export async function answerRecurrences(
  asker: Asker,
  asked: Asked<'recurrences'>,
): Promise<Answered<'recurrences'>> {
  const { at, byId, together } = await findRecurrences(asker, asked);
  const told = together.slice(0, MOST);
  const evidence = await evidenceOf(
    asker.db,
    told.map(({ ids }) => ids),
  );
  const whole = told.flatMap(({ rules, ids }, index) => {
    const [own, records] = [evidence[index], ids.flatMap((id) => byId.get(id) ?? [])];
    return own === undefined ? [] : [{ rules, records, evidence: own }];
  });
  const items = await sharedItems(
    asker,
    whole.map(({ records, evidence: own }) => ({
      evidence: own,
      service: records[0]?.service ?? null,
      records: records.map(({ id, about }) => ({ id, items: about })),
    })),
  );
  const names = await namesOf(
    asker,
    'service',
    whole.flatMap(({ records }) => records[0]?.service ?? []),
  );
  const titles = await titlesOf(
    asker.db,
    whole.map(({ records, evidence: own }) => ({ preferred: records.map(({ id }) => id), evidence: own })),
  );
  const recurrences = whole.flatMap(({ rules, records, evidence: own }, index) => {
    const [newest, shared] = [records[0], items[index]];
    if (newest === undefined || shared === undefined) return [];
    const { service, category } = newest;
    const serviceName = service === null ? null : (names.get(service) ?? service);
    const title = titles[index] ?? '';
    return [{ rules, service, serviceName, category, title, ...shared, evidence: own }];
  });
  return { recurrences, more: together.length > MOST, at };
}

/** The records of each thing that recurs, newest first. */
export async function recurringIds(
  asker: Asker,
  filter: Asked<'recurrences'>,
): Promise<readonly (readonly RecordId[])[]> {
  return (await findRecurrences(asker, filter)).together.map(({ ids }) => ids);
}

async function findRecurrences(asker: Asker, filter: Asked<'recurrences'>) {
  const at = Math.min(filter.to ?? asker.now, asker.now);
  const rows = await incidentsOf(asker, filter, at);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { at, byId, together: sameTogether(recurrencesIn(rows, at), byId) };
}

interface Together {
  readonly rules: readonly RecurrenceRule[];
  /** Newest first. */
  readonly ids: readonly RecordId[];
}

/**
 * All rules of one key or item are told at once, and so is what rests on the very same records: two major incidents that
 * are about several items are one thing that happened. The most often first, and of as many what happened last.
 */
function sameTogether(found: readonly Recurrence[], byId: ReadonlyMap<RecordId, Row>): readonly Together[] {
  const groups = [...Map.groupBy(found, ({ of }) => of).values()].map((same) => ({
    rules: same.map(({ rule }) => rule),
    ids: newestOf(same, byId),
  }));
  const lastAt = ({ ids: [newest] }: Together) =>
    newest === undefined ? 0 : (byId.get(newest)?.openedAt ?? 0);
  return [...Map.groupBy(groups, ({ ids }) => ids.join()).values()]
    .map((same) => ({
      rules: RULES.filter((rule) => same.some(({ rules }) => rules.includes(rule))),
      ids: same[0]?.ids ?? [],
    }))
    .toSorted((one, other) => other.ids.length - one.ids.length || lastAt(other) - lastAt(one));
}

/** The records of all rules of one key, newest first; those of one instant by id, as in pages of records. */
function newestOf(same: readonly Recurrence[], byId: ReadonlyMap<RecordId, Row>): readonly RecordId[] {
  const openedAt = (id: RecordId) => byId.get(id)?.openedAt ?? 0;
  const ids = new Set(same.flatMap(({ evidence }) => evidence));
  return [...ids].toSorted((one, other) => openedAt(other) - openedAt(one) || (one < other ? 1 : -1));
}

/**
 * Those that a rule may ask for: what was opened within its reach, and all of what came back too often. Of a hundred
 * thousand that leaves a few thousand; what is left out could change nothing. Oldest first.
 */
async function incidentsOf(asker: Asker, asked: Asked<'recurrences'>, at: number): Promise<readonly Row[]> {
  const reach = at - RECURRENCE_REACH_MS;
  const back = await cameBack(asker, asked);
  const older =
    back.size === 0
      ? []
      : await columnsOf(asker, asked)
          .where('created_at', '<', reach)
          .where(sql<SqlBool>`${SAME} in (select value from json_each(${JSON.stringify([...back])}))`)
          .execute();
  const late = await columnsOf(asker, asked).where('created_at', '>=', reach).execute();
  const rows = [...older, ...late];
  const items = await readRecordItems(
    asker,
    rows.map(({ key }) => key),
  );
  return rows.map((row, index) => {
    if (index % A_LOOK === 0) asker.stillAsked();
    const { category, symptom } = row;
    const service = row.service === null ? null : serviceId(row.service);
    const about = items.get(row.key) ?? [];
    // of several, always the same
    const item = about[0] ?? null;
    return {
      id: recordId(row.id),
      openedAt: row.created_at,
      key: symptomKey({ item, service, category, symptom }),
      items: about.length > 0 || service === null ? about : [service],
      isMajor: row.major === 'accepted' || row.major === 'closed',
      resolved: row.resolved_at !== null || row.reopened > 0,
      // of the others only the end is here, and by that alone nothing came back too often
      reopened: row.reopened > 0 && back.has(sameOf(row)),
      service,
      category,
      about,
    };
  });
}

const columnsOf = (asker: Asker, asked: Asked<'recurrences'>) =>
  counted(asker, asked)
    .select(['id', 'created_at', 'service', 'category', 'symptom', 'major', 'reopened', 'resolved_at', 'key'])
    .orderBy('created_at');

/** Incidents of one key have it in common, whatever they are about. */
const SAME = sql<string>`coalesce(category, '') || char(10) || symptom`;
const sameOf = ({ category, symptom }: { readonly category: string | null; readonly symptom: string }) =>
  `${category ?? ''}\n${symptom}`;

/**
 * What a key begins with, as `incidentsOf` tells it. What stays of a joined item is looked for only where a record names
 * one, since that reads through all that were ever joined.
 */
function aboutOf({ joined }: Asker): RawBuilder<string | null> {
  const least = (item: RawBuilder<unknown>) =>
    sql`(select min(${item}) from record_item where record = record.key)`;
  const first = least(sql`item`);
  if (joined.size === 0) return sql`coalesce(${first}, service)`;
  const [all, named] = [Object.fromEntries(joined), [...joined.keys()]].map((each) => JSON.stringify(each));
  const stays = sql`coalesce((select value from json_each(${all}) where json_each.key = item), item)`;
  return sql`coalesce(
    case when record.key in (
      select record from record_item where item in (select value from json_each(${named}))
    ) then ${least(stays)} else ${first} end, service)`;
}

/** What came back often enough for the rule of it, counted by the database: most incidents never do. */
async function cameBack(asker: Asker, asked: Asked<'recurrences'>): Promise<ReadonlySet<string>> {
  const rows = await counted(asker, asked)
    .select([SAME.as('same'), aboutOf(asker).as('about')])
    .groupBy(['category', 'symptom', 'about'])
    .having(
      sql<SqlBool>`sum(reopened > 0) >= ${LEAST_CAME_BACK} and
        sum(reopened > 0) > ${RECURRENCE.reopened} * sum(resolved_at is not null or reopened > 0)`,
    )
    .execute();
  return new Set(rows.map(({ same }) => same));
}
