/** Whether two are called the same, or one by what the other says: then it does not matter how many are called so. */
import { isAmong } from './alike.ts';
import { bareWords, titleWords } from './telling-words.ts';

export interface Title {
  /** What it says. */
  readonly words: ReadonlySet<string>;
  /** With those that say nothing. */
  readonly all: ReadonlySet<string>;
}

/** A single word may be one of many. */
const FEWEST = 2;
/** Of four words one may be another. */
const NEARLY = 0.75;
const OF_EMPTY = 0.1;

export function titleOf(title: string): Title {
  return { words: titleWords(title), all: bareWords(title) };
}

/** How alike they are, from 0 to 1; of those that say the same, what says nothing decides. */
export function closeness(one: Title, other: Title): number {
  return alike(one.words, other.words) * (1 - OF_EMPTY + OF_EMPTY * alike(one.all, other.all));
}

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = one.size + other.size;
  return both === 0 ? 0 : (countIn(one, other) + countIn(other, one)) / both;
}

/** Word for word the same, but for endings and order. */
function isSame(one: Title, other: Title): boolean {
  const [a, b] = one.words.size > 0 || other.words.size > 0 ? [one.words, other.words] : [one.all, other.all];
  return a.size > 0 && a.size === b.size && hasAll(a, b, 0) && hasAll(b, a, 0);
}

/**
 * Whether a text says all that the title of a known error says, or is called by nearly nothing else than that says.
 *
 * @param words All words of the text that tell
 */
export function isCalledBy(asked: Title, words: ReadonlySet<string>, known: Title): boolean {
  return (
    isSame(asked, known) ||
    isWithin(asked.words, known.all, NEARLY) ||
    isWithin(known.words, words, 1) ||
    isPartOf(asked, known) ||
    isPartOf(known, asked)
  );
}

function isWithin(words: ReadonlySet<string>, all: ReadonlySet<string>, share: number): boolean {
  return words.size >= FEWEST && hasAll(words, all, Math.floor(words.size * (1 - share)));
}

/** With one word that tells, those around it have to be the same too. */
function isPartOf(one: Title, other: Title): boolean {
  return one.words.size === 1 && isWithin(one.all, other.all, 1);
}

function hasAll(words: ReadonlySet<string>, all: ReadonlySet<string>, but: number): boolean {
  let missing = 0;
  for (const word of words) if (!isAmong(word, all) && ++missing > but) return false;
  return true;
}

function countIn(words: ReadonlySet<string>, all: ReadonlySet<string>): number {
  return [...words].filter((word) => isAmong(word, all)).length;
}
