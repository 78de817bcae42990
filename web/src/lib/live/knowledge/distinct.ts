/**
 * Whether the words that a text shares with a known error tell that they are about the same. A word that many known
 * errors have tells little, and one that stands only deep in a text is chance: what counts is in how they are called.
 */
import { isAlike, isAmong } from './alike.ts';
import type { Title } from './titles.ts';

type Fields = readonly string[];

/** Which words of one known error were found, and in which of its fields. */
export interface Found {
  readonly match: Readonly<Record<string, Fields>>;
}

/** In which fields authors say what it is about. */
const HEADS = new Set(['title', 'words', 'phrases', 'errorCode', 'symptom']);
/** What they chose to have it found by. */
const NAMES = new Set(['words', 'errorCode']);
/** A word of more of the known errors than this does not tell them apart. */
const COMMON = 0.25;
/** And with few of them, of more than so many. */
const FEW = 2;
const ENOUGH_HEADS = 2;
const ENOUGH_WORDS = 3;
/** In a title of more words than this a single one may stand in passing. */
const SHORT_TITLE = 3;
/** Words of the one title times those of the other: with more, a word that both have may be chance. */
const SHORT_TITLES = 4;

/** One word that both have, however it ends. */
export interface Shared {
  readonly forms: readonly string[];
  readonly fields: ReadonlySet<string>;
}

export class Distinct {
  readonly #having = new Map<string, number>();
  readonly #most: number;
  readonly #asked: Title;

  /**
   * @param found All that share a word with the text
   * @param known How many there are
   * @param asked The text's first line: what its author calls it
   */
  constructor(found: readonly Found[], known: number, asked: Title) {
    for (const { match } of found)
      for (const term of Object.keys(match)) this.#having.set(term, (this.#having.get(term) ?? 0) + 1);
    this.#most = Math.max(FEW, known * COMMON);
    this.#asked = asked;
  }

  /** Whether words that both have are enough: one that is rare has to be among them. */
  isEnough(words: readonly Shared[], title: Title): boolean {
    const heads = words.filter(({ fields }) => isIn(fields, HEADS));
    const isSaid = heads.length >= ENOUGH_HEADS || words.length >= ENOUGH_WORDS;
    return (
      (isSaid && heads.some((one) => this.#isRare(one))) || words.some((one) => this.#saysIt(one, title))
    );
  }

  /** A single word is enough where both are called by it. */
  #saysIt(one: Shared, { words }: Title): boolean {
    const asked = this.#asked.words;
    const [word = ''] = one.forms;
    const isShort = asked.size <= SHORT_TITLE;
    if ((!isShort && words.size > 1) || !isAmong(word, asked)) return false;
    const isTitle = words.size === 1 || asked.size * words.size <= SHORT_TITLES;
    return (isShort && isIn(one.fields, NAMES)) || (isTitle && one.fields.has('title') && this.#isRare(one));
  }

  #isRare({ forms }: Shared): boolean {
    return forms.every((form) => (this.#having.get(form) ?? 0) <= this.#most);
  }
}

/** The words that both have, one of each that are alike. */
export function sharedIn({ match }: Found): readonly Shared[] {
  const words: { forms: string[]; fields: Set<string> }[] = [];
  for (const [term, fields] of Object.entries(match)) {
    const same = words.find(({ forms: [word = ''] }) => isAlike(word, term));
    if (same === undefined) words.push({ forms: [term], fields: new Set(fields) });
    else {
      same.forms.push(term);
      for (const field of fields) same.fields.add(field);
    }
  }
  return words;
}

function isIn(fields: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...fields].some((field) => some.has(field));
}
