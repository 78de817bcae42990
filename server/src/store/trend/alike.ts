/**
 * Which texts say the same. Records of the very same words and fields are one form; a form joins the group whose leader
 * its words are most like. Leaders are found by minisearch, which forgives endings and slips; how much two have in
 * common is weighed here: words that few forms have say more than those of many.
 */
import { symptomOf, wordsOfSymptom } from '@muster/domain/problem';
import type { ItemId } from '@muster/domain/shared';
import MiniSearch from 'minisearch';
import { inMost } from './in-most.ts';

export interface AlikeRow {
  /** What its title says. */
  readonly symptom: string;
  /** More words, for where that is little. */
  readonly help: string | null;
  readonly service: string | null;
  readonly category: string | null;
  readonly team: string | null;
  /** What it is about. */
  readonly items: readonly ItemId[];
  readonly createdAt: number;
}

/** Records of the same words and fields, newest first. */
export interface Form<Row extends AlikeRow> {
  readonly key: string;
  readonly words: readonly string[];
  readonly service: string | null;
  readonly category: string | null;
  /** Those that most of its members are about: the same words of many machines are one form. */
  readonly items: readonly ItemId[];
  readonly members: readonly Row[];
}

/** Records that are alike, newest first. */
export interface Alike<Row extends AlikeRow> {
  readonly leader: Form<Row>;
  readonly members: readonly Row[];
  /** How many of them have each word of the leader, the one that says most first. */
  readonly words: readonly { readonly word: string; readonly count: number }[];
}

/** Of more, the oldest are left out: what is compared grows with each. */
const MOST_FORMS = 5_000;
/** Words that more of the forms have lead to too many leaders. */
const COMMON = 0.1;
/** And the fewest that are asked for all the same. */
const RAREST = 4;
const CANDIDATES = 12;
/** The part of two texts' words that is the same, by weight, with what fields add. */
const LEAST_ALIKE = 0.5;
const LEAST_BY_WORDS = 0.35;
/** A word of fewer records is a name or a place in passing: no group can have it in common. */
const LEAST_ALIKE_RECORDS = 3;
const PASSING = 0.4;
const SAME_SERVICE = 0.15;
const SAME_CATEGORY = 0.1;
/** Fewer are about one item than about a service. */
const SAME_ITEM = 0.2;
/** Rows or forms between two looks at whether anybody still waits. */
const A_LOOK = 100;

/** @param rows Newest first */
export function formsOf<Row extends AlikeRow>(
  rows: readonly Row[],
  look: () => void,
): { readonly forms: readonly Form<Row>[]; readonly unseen: number } {
  const forms = new Map<string, Omit<Form<Row>, 'items' | 'members'> & { readonly members: Row[] }>();
  let unseen = 0;
  for (const [index, row] of rows.entries()) {
    if (index % A_LOOK === 0) look();
    const { service, category } = row;
    const symptom = helped(row);
    if (symptom === '') continue;
    const key = [symptom, service, category].join(SEPARATOR);
    const form = forms.get(key);
    if (form !== undefined) form.members.push(row);
    else if (forms.size >= MOST_FORMS) unseen += 1;
    else forms.set(key, { key, words: wordsOfSymptom(symptom), service, category, members: [row] });
  }
  const whole = [...forms.values()].map((form) => ({ ...form, items: itemsOf(form.members) }));
  return { forms: whole, unseen };
}

const itemsOf = (members: readonly AlikeRow[]): readonly ItemId[] =>
  inMost(members.map(({ items }) => items)).map(({ value }) => value);

/** A title of one word says little: the description helps it out. */
function helped({ symptom, help }: AlikeRow): string {
  return help === null ? symptom : symptomOf(`${symptom} ${help}`);
}

export function alike<Row extends AlikeRow>(
  forms: readonly Form<Row>[],
  look: () => void,
): readonly Alike<Row>[] {
  const weights = weightsOf(forms);
  const groups = new Map<string, Group<Row>>();
  const leaders = new MiniSearch<{ readonly id: string; readonly words: readonly string[] }>({
    fields: ['words'],
    extractField: (form, field) => (field === 'id' ? form.id : form.words.join(SEPARATOR)),
    tokenize: (text) => text.split(SEPARATOR),
    processTerm: (term) => term,
  });
  // the most frequent lead, and of the same frequency those that say most
  const inOrder = forms.toSorted(
    (one, other) => other.members.length - one.members.length || other.words.length - one.words.length,
  );
  for (const [index, form] of inOrder.entries()) {
    if (index % A_LOOK === 0) look();
    const query = weights.telling(form.words).join(SEPARATOR);
    const found = leaders.search(query, { prefix: isLong, fuzzy: (term) => (isLong(term) ? 0.2 : false) });
    const near = found.slice(0, CANDIDATES).flatMap(({ id }) => {
      const group = groups.get(String(id));
      return group === undefined ? [] : [{ group, likeness: likenessOf(form, group.leader, weights) }];
    });
    const best = near.toSorted((one, other) => other.likeness - one.likeness)[0];
    if (best !== undefined && best.likeness >= LEAST_ALIKE) best.group.forms.push(form);
    else {
      leaders.add({ id: form.key, words: form.words });
      groups.set(form.key, { leader: form, forms: [form] });
    }
  }
  return [...groups.values()].map((group) => whole(group, weights));
}

interface Group<Row extends AlikeRow> {
  readonly leader: Form<Row>;
  readonly forms: Form<Row>[];
}

/** No word has it. */
const SEPARATOR = '\n';
const isLong = (term: string): boolean => term.length >= 5 && !/\p{N}/u.test(term);

interface Weights {
  readonly of: (word: string) => number;
  /** Those by which a text is looked for. */
  readonly telling: (words: readonly string[]) => readonly string[];
}

function weightsOf(forms: readonly Form<AlikeRow>[]): Weights {
  const counts = new Map<string, { forms: number; records: number }>();
  for (const { words, members } of forms) {
    for (const word of words) {
      const count = counts.get(word);
      if (count === undefined) counts.set(word, { forms: 1, records: members.length });
      else {
        count.forms += 1;
        count.records += members.length;
      }
    }
  }
  const countOf = (word: string): number => counts.get(word)?.forms ?? 1;
  return {
    of: (word) => {
      const weight = Math.log(1 + forms.length / Math.max(LEAST_ALIKE_RECORDS, countOf(word)));
      return (counts.get(word)?.records ?? 1) < LEAST_ALIKE_RECORDS ? weight * PASSING : weight;
    },
    telling: (words) => {
      const rare = words.filter((word) => countOf(word) <= COMMON * forms.length);
      if (rare.length >= RAREST) return rare;
      return words.toSorted((one, other) => countOf(one) - countOf(other)).slice(0, RAREST);
    },
  };
}

function likenessOf(one: Form<AlikeRow>, other: Form<AlikeRow>, { of }: Weights): number {
  const sum = (words: readonly string[]) => words.reduce((all, word) => all + of(word), 0);
  const common = one.words.filter((word) => other.words.some((theirs) => isSameWord(word, theirs)));
  const theirs = other.words.filter((word) => !one.words.some((own) => isSameWord(word, own)));
  const byWords = sum(common) / (sum(one.words) + sum(theirs));
  if (byWords < LEAST_BY_WORDS) return 0;
  const bySame = (own: string | null, its: string | null, adds: number) =>
    own !== null && own === its ? adds : 0;
  return (
    byWords +
    bySame(one.service, other.service, SAME_SERVICE) +
    bySame(one.category, other.category, SAME_CATEGORY) +
    (sharesItem(one, other) ? SAME_ITEM : 0)
  );
}

/** A service that both are of counts as that. */
function sharesItem(one: Form<AlikeRow>, other: Form<AlikeRow>): boolean {
  const service = one.service === other.service ? one.service : null;
  return one.items.some((item) => item !== service && other.items.includes(item));
}

const ENDING = 2;

/** The same but for an ending. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return isLong(short) && long.length - short.length <= ENDING && long.startsWith(short);
}

function whole<Row extends AlikeRow>({ leader, forms }: Group<Row>, { of }: Weights): Alike<Row> {
  const members = forms
    .flatMap((form) => form.members)
    .toSorted((one, other) => other.createdAt - one.createdAt);
  const words = leader.words
    .toSorted((one, other) => of(other) - of(one))
    .map((word) => {
      const having = forms.filter((form) => form.words.some((theirs) => isSameWord(word, theirs)));
      return { word, count: having.reduce((sum, form) => sum + form.members.length, 0) };
    });
  return { leader, members, words };
}
