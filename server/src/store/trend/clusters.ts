/** Incidents that are alike by their words and fields (PRB-25): from three on, each with what it rests on. */
import { canReadConfiguration } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId, RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { alike, formsOf } from './alike.ts';
import type { Alike, AlikeRow } from './alike.ts';
import { counted } from './counted.ts';
import type { Asker } from './counted.ts';
import { evidenceOf, titlesOf } from './evidence.ts';
import { SHARED, inMost } from './in-most.ts';
import { namesOf } from './pareto.ts';
import type { Answered, Asked, SharedField, TrendFilter } from './questions.ts';
import { readRecordItems } from './record-items.ts';
import { sharedItems } from './shared-items.ts';

/** Fewer are no cluster. */
const LEAST = 3;
const MOST = 100;
const MOST_WORDS = 8;
const FIELDS = ['service', 'category', 'team'] as const;
type Said = Omit<SharedField, 'name'> & { readonly field: (typeof FIELDS)[number] };
/** A longer title says enough; of a shorter one the beginning of the description may help it out (see alike.ts). */
const LITTLE = 24;
const HELP_CHARACTERS = 160;

export async function answerClusters(asker: Asker, asked: Asked<'clusters'>): Promise<Answered<'clusters'>> {
  const { rows, found, unseen } = await findClusters(asker, asked);
  const told = found.slice(0, MOST);
  const evidence = await evidenceOf(asker.db, told.map(idsOf));
  const whole = told.flatMap((cluster, index) => {
    const own = evidence[index];
    const said = FIELDS.flatMap((field) => sharedOf(field, cluster.members));
    const service = said.find(({ field }) => field === 'service')?.value ?? null;
    return own === undefined ? [] : [{ cluster, records: cluster.members, service, said, evidence: own }];
  });
  const items = await sharedItems(asker, whole);
  const names = await namesIn(
    asker,
    whole.flatMap(({ said }) => said),
  );
  const titles = await titlesOf(
    asker.db,
    whole.map(({ cluster: { leader, members }, evidence: own }) => ({
      preferred: [...leader.members, ...members].map(({ id }) => id),
      evidence: own,
    })),
  );
  const clusters = whole.flatMap(({ cluster, said, evidence: own }, index) => {
    const { members } = cluster;
    const [newest, oldest, about] = [members[0], members.at(-1), items[index]];
    if (newest === undefined || oldest === undefined || about === undefined) return [];
    return [
      {
        title: titles[index] ?? '',
        words: wordsIn(cluster),
        fields: [
          ...said.map((field) => ({ ...field, name: names(field) })),
          ...about.items.map(({ id, name, count }) => ({ field: 'item', value: id, name, count }) as const),
        ],
        about: about.about,
        ...{ first: oldest.createdAt, last: newest.createdAt, evidence: own },
      },
    ];
  });
  const until = asked.to ?? (rows[0]?.createdAt ?? asker.now) + 1;
  return { clusters, more: found.length > MOST, seen: rows.length - unseen, unseen, until };
}

/** The records of each cluster, newest first. */
export async function clusteredIds(
  asker: Asker,
  filter: TrendFilter,
): Promise<readonly (readonly RecordId[])[]> {
  return (await findClusters(asker, filter)).found.map(idsOf);
}

/** The largest first. */
async function findClusters(asker: Asker, filter: TrendFilter) {
  const rows = await rowsOf(asker, filter);
  const { forms, unseen } = formsOf(rows, asker.stillAsked);
  const found = alike(forms, asker.stillAsked)
    .filter(({ members }) => members.length >= LEAST)
    .toSorted((one, other) => other.members.length - one.members.length);
  return { rows, found, unseen };
}

/** In the order of pages of records: those of one instant by id. */
const idsOf = ({ members }: Alike<Row>): readonly RecordId[] =>
  members
    .toSorted((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1))
    .map(({ id }) => id);

type Row = AlikeRow & { readonly id: RecordId };
const NONE: readonly ItemId[] = [];

/** Newest first; whoever may not read the configuration has them compared without it. */
async function rowsOf(asker: Asker, filter: TrendFilter): Promise<readonly Row[]> {
  const rows = await counted(asker, filter)
    .select([
      'key',
      'id',
      'symptom',
      'service',
      'category',
      'team',
      'created_at as createdAt',
      sql<string | null>`case when instr(symptom, ' ') = 0 then (
        select substr(description, 1, ${HELP_CHARACTERS}) from record_text where rowid = record.key and length(title) < ${LITTLE}) end`.as(
        'help',
      ),
    ])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const items = canReadConfiguration(asker.actor)
    ? await readRecordItems(asker)
    : new Map<number, readonly ItemId[]>();
  // named one by one: taking the rest of a hundred thousand rows is slow
  return rows.map(({ key, id, symptom, service, category, team, createdAt, help }) => ({
    id: recordId(id),
    symptom,
    service,
    category,
    team,
    createdAt,
    help,
    items: items.get(key) ?? NONE,
  }));
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

function sharedOf(field: Said['field'], members: readonly Row[]): readonly Said[] {
  const values = members.map(({ [field]: value }) => (value === null ? [] : [value]));
  return inMost(values).map((most) => ({ field, ...most }));
}

async function namesIn(asker: Asker, fields: readonly Said[]): Promise<(field: Said) => string> {
  const idsOf = (wanted: string) => fields.flatMap(({ field, value }) => (field === wanted ? [value] : []));
  const [services, teams] = await Promise.all([
    namesOf(asker, 'service', idsOf('service')),
    namesOf(asker, 'team', idsOf('team')),
  ]);
  return ({ field, value }) => (field === 'service' ? services : teams).get(value) ?? value;
}
