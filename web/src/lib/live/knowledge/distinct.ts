/**
 * Whether the words that a text shares with a known error tell that they are about the same. A word that many known
 * errors have tells little, and one that stands only deep in a text is chance: what counts is in how they are called.
 */
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
const SHORTEST_START = 4;
const ALIKE = 0.6;

export class Distinct {
  readonly #having = new Map<string, number>();
  readonly #most: number;
  readonly #title: ReadonlySet<string>;

  /**
   * @param found All that share a word with the text
   * @param known How many there are
   * @param title The words of the text's first line: what its author calls it
   */
  constructor(found: readonly Found[], known: number, title: ReadonlySet<string>) {
    for (const { match } of found)
      for (const term of Object.keys(match)) this.#having.set(term, (this.#having.get(term) ?? 0) + 1);
    this.#most = Math.max(FEW, known * COMMON);
    this.#title = title;
  }

  /** The words that both have, one of each that are alike; none when they do not tell enough. */
  wordsOf({ match }: Found, titleWords: number): readonly string[] {
    const words: Word[] = [];
    for (const [term, fields] of Object.entries(match)) {
      const same = words.find(({ word }) => isAlike(word, term));
      const isRare = (this.#having.get(term) ?? 0) <= this.#most;
      if (same === undefined) words.push({ word: term, fields: new Set(fields), isRare });
      else {
        for (const field of fields) same.fields.add(field);
        same.isRare &&= isRare;
      }
    }
    const heads = words.filter(({ fields }) => isIn(fields, HEADS));
    const isEnough =
      (heads.some(({ isRare }) => isRare) &&
        (heads.length >= ENOUGH_HEADS || words.length >= ENOUGH_WORDS)) ||
      words.some((one) => this.#saysIt(one, titleWords));
    return isEnough ? words.map(({ word }) => word) : [];
  }

  /** A single word is enough where both are called by it. */
  #saysIt({ word, fields, isRare }: Word, titleWords: number): boolean {
    if (this.#title.size > SHORT_TITLE || ![...this.#title].some((asked) => isAlike(asked, word)))
      return false;
    const isTitle = fields.has('title') && this.#title.size * titleWords <= SHORT_TITLES;
    return isIn(fields, NAMES) || (isTitle && isRare);
  }
}

interface Word {
  readonly word: string;
  readonly fields: Set<string>;
  isRare: boolean;
}

function isIn(fields: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...fields].some((field) => some.has(field));
}

/** The same but for an ending. */
function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const least = Math.max(SHORTEST_START, ALIKE * Math.max(one.length, other.length));
  return one.slice(0, Math.ceil(least)) === other.slice(0, Math.ceil(least));
}
