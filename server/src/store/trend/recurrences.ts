import { recurrencesIn, symptomKey, symptomParts } from '@muster/domain/problem';
import type { Recurrence, RecurrenceRule, TrendIncident } from '@muster/domain/problem';
import { recordId, serviceId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { counted } from './counted.ts';
import type { Asker } from './counted.ts';
import { evidenceOf, titleOf } from './evidence.ts';
import { namesOf } from './pareto.ts';
import type { Answered, Asked } from './questions.ts';

const MOST = 100;
/** The rule with the most to say first. */
const RULES: readonly RecurrenceRule[] = ['majors', 'week', 'count', 'reopened'];
/** Rows between two looks at whether anybody still waits. */
const A_LOOK = 1_000;

interface Row extends TrendIncident {
  readonly service: string | null;
  readonly category: string | null;
  readonly title: string;
}

/** What happened too often to be chance, by the end of the span (PRB-22, PRB-24); the most often first. */
export async function answerRecurrences(
  asker: Asker,
  asked: Asked<'recurrences'>,
): Promise<Answered<'recurrences'>> {
  const at = Math.min(asked.to ?? asker.now, asker.now);
  const rows = await incidentsOf(asker, asked);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const together = [...Map.groupBy(recurrencesIn(rows, at), ({ of }) => of).values()]
    .map((same) => ({
      rules: RULES.filter((rule) => same.some((one) => one.rule === rule)),
      ids: newestOf(same, byId),
    }))
    .toSorted((one, other) => other.ids.length - one.ids.length);
  const told = together.slice(0, MOST);
  const evidence = await evidenceOf(
    asker.db,
    told.map(({ ids }) => ids),
  );
  const services = told.flatMap(({ ids }) => ids.slice(0, 1).flatMap((id) => byId.get(id)?.service ?? []));
  const names = await namesOf(asker, 'service', services);
  const recurrences = told.flatMap(({ rules, ids }, index) => {
    const [newest, own] = [ids[0] === undefined ? undefined : byId.get(ids[0]), evidence[index]];
    if (newest === undefined || own === undefined) return [];
    const { service, category } = newest;
    const title = titleOf(
      ids.flatMap((id) => byId.get(id) ?? []),
      own,
    );
    const serviceName = service === null ? null : (names.get(service) ?? service);
    return [{ rules, service, serviceName, category, title, evidence: own }];
  });
  return { recurrences, more: together.length > MOST, at };
}

/** The records of all rules of one key, newest first. */
function newestOf(same: readonly Recurrence[], byId: ReadonlyMap<RecordId, Row>): readonly RecordId[] {
  const openedAt = (id: RecordId) => byId.get(id)?.openedAt ?? 0;
  const ids = new Set(same.flatMap(({ evidence }) => evidence));
  return [...ids].toSorted((one, other) => openedAt(other) - openedAt(one));
}

/** The item of each record that is about one; of those about several, always the same. */
async function itemsOf({ db, joined }: Asker): Promise<ReadonlyMap<number, RecordId>> {
  const rows = await db
    .selectFrom('record_item')
    .select(['record', sql<string>`min(item)`.as('item')])
    .groupBy('record')
    .execute();
  return new Map(rows.map(({ record, item }) => [record, recordId(joined.get(recordId(item)) ?? item)]));
}

async function incidentsOf(asker: Asker, asked: Asked<'recurrences'>): Promise<readonly Row[]> {
  const items = await itemsOf(asker);
  const rows = await counted(asker, asked)
    .select(['id', 'created_at', 'service', 'category', 'title', 'major', 'reopened', 'resolved_at', 'key'])
    .orderBy('created_at')
    .execute();
  return rows.map((row, index) => {
    if (index % A_LOOK === 0) asker.stillAsked();
    const { category, title } = row;
    const service = row.service === null ? null : serviceId(row.service);
    const item = items.get(row.key) ?? null;
    return {
      id: recordId(row.id),
      openedAt: row.created_at,
      key: symptomKey(symptomParts({ item, service, category, title })),
      item: item ?? service,
      isMajor: row.major === 'accepted' || row.major === 'closed',
      resolved: row.resolved_at !== null || row.reopened > 0,
      reopened: row.reopened > 0,
      service,
      category,
      title,
    };
  });
}
