/** Incidents that are alike by their words and fields (PRB-25): from three on, each with what it rests on. */
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { alike, formsOf } from './alike.ts';
import type { Alike, AlikeRow } from './alike.ts';
import { counted } from './counted.ts';
import type { Asker } from './counted.ts';
import { evidenceOf, titleOf } from './evidence.ts';
import { namesOf } from './pareto.ts';
import type { Answered, Asked, SharedField } from './questions.ts';

/** Fewer are no cluster. */
const LEAST = 3;
const MOST = 100;
/** What so many of a cluster have, it shares. */
const SHARED = 0.6;
const MOST_WORDS = 8;
const FIELDS = ['service', 'category', 'team'] as const;
/** A longer title says enough; of a shorter one the beginning of the description may help it out (see alike.ts). */
const LITTLE = 24;
const HELP_CHARACTERS = 160;

export async function answerClusters(asker: Asker, asked: Asked<'clusters'>): Promise<Answered<'clusters'>> {
  const rows = (await rowsOf(asker, asked)).map((row) => ({ ...row, id: recordId(row.id) }));
  const { forms, unseen } = formsOf(rows, asker.stillAsked);
  const found = alike(forms, asker.stillAsked)
    .filter(({ members }) => members.length >= LEAST)
    .toSorted((one, other) => other.members.length - one.members.length);
  const told = found.slice(0, MOST);
  const evidence = await evidenceOf(
    asker.db,
    told.map(({ members }) => members.map(({ id }) => id)),
  );
  const shared = told.map(({ members }) => FIELDS.flatMap((field) => sharedOf(field, members)));
  const names = await namesIn(asker, shared.flat());
  const clusters = told.flatMap((cluster, index) => {
    const { members, leader } = cluster;
    const [own, newest, oldest] = [evidence[index], members[0], members.at(-1)];
    if (own === undefined || newest === undefined || oldest === undefined) return [];
    return [
      {
        title: titleOf([...members.filter(({ title }) => title === leader.title), ...members], own),
        words: wordsIn(cluster),
        fields: (shared[index] ?? []).map((field) => ({ ...field, name: names(field) })),
        ...{ first: oldest.createdAt, last: newest.createdAt, evidence: own },
      },
    ];
  });
  return { clusters, more: found.length > MOST, seen: rows.length - unseen, unseen };
}

type Row = AlikeRow & { readonly id: RecordId };

/** Newest first. */
async function rowsOf(asker: Asker, asked: Asked<'clusters'>) {
  return counted(asker, asked)
    .select([
      'id',
      'title',
      'service',
      'category',
      'team',
      'created_at as createdAt',
      sql<string | null>`case when length(title) < ${LITTLE} then (
        select substr(description, 1, ${HELP_CHARACTERS}) from record_text where rowid = record.key) end`.as(
        'help',
      ),
    ])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

function wordsIn({
  members,
  words,
}: Alike<Row>): readonly { readonly word: string; readonly count: number }[] {
  return words
    .filter(({ count }) => count >= SHARED * members.length)
    .slice(0, MOST_WORDS)
    .map(({ word, count }) => ({ word, count }));
}

function sharedOf(
  field: SharedField['field'],
  members: readonly Row[],
): readonly Omit<SharedField, 'name'>[] {
  const counts = new Map<string, number>();
  for (const member of members) {
    const value = member[field];
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= SHARED * members.length)
    .map(([value, count]) => ({ field, value, count }));
}

async function namesIn(
  asker: Asker,
  fields: readonly Omit<SharedField, 'name'>[],
): Promise<(field: Omit<SharedField, 'name'>) => string> {
  const idsOf = (wanted: string) => fields.flatMap(({ field, value }) => (field === wanted ? [value] : []));
  const [services, teams] = await Promise.all([
    namesOf(asker, 'service', idsOf('service')),
    namesOf(asker, 'team', idsOf('team')),
  ]);
  return ({ field, value }) => (field === 'service' ? services : teams).get(value) ?? value;
}
