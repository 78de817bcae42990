import { canName, isEmpty } from './empty-words.ts';

/** Of “doesn’t” only “does” is a word; what follows the mark in other ones is too short to be looked for. */
const NOT = /n['’ʼ]t(?![\p{L}\p{N}])/giu;
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/u;
const ACCENTS = /\p{M}/gu;

const SHORTEST = 3;

/** A text in words, as they stand: for what is searched and for what is asked alike. */
export function splitWords(text: string): readonly string[] {
  return text
    .replaceAll(NOT, ' ')
    .split(BETWEEN)
    .filter((word) => word !== '');
}

/** A word without case and accents. */
export function plainWord(term: string): string {
  return term.toLowerCase().normalize('NFKD').replaceAll(ACCENTS, '');
}

/** A word as it is kept; null for one that is too short to look for. */
export function bareWord(term: string): string | null {
  const word = plainWord(term);
  return word.length < SHORTEST ? null : word;
}

/** A word as it is kept; null when it says nothing. */
export function tellingWord(term: string): string | null {
  const word = bareWord(term);
  return word === null || isEmpty(word) ? null : word;
}

/** The words of a text that say something, each once. */
export function tellingWords(text: string): ReadonlySet<string> {
  return kept(splitWords(text), tellingWord);
}

/** All words of a text that are long enough, each once. */
export function bareWords(text: string): ReadonlySet<string> {
  return kept(splitWords(text), bareWord);
}

/** What a title says: its words that tell; one of nothing else than words that can be a name says these. */
export function titleWords(title: string): ReadonlySet<string> {
  const telling = tellingWords(title);
  const all = bareWords(title);
  return telling.size === 0 && [...all].every(canName) ? all : telling;
}

function kept(words: readonly string[], keep: (word: string) => string | null): ReadonlySet<string> {
  return new Set(words.map(keep).filter((word) => word !== null));
}
