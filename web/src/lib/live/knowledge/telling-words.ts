import { isEmpty } from './empty-words.ts';

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

/** A word as it is kept; null for one that is too short to look for. */
export function bareWord(term: string): string | null {
  const word = term.toLowerCase().normalize('NFKD').replaceAll(ACCENTS, '');
  return word.length < SHORTEST ? null : word;
}

/** A word as it is kept; null when it says nothing. */
export function tellingWord(term: string): string | null {
  const word = bareWord(term);
  return word === null || isEmpty(word) ? null : word;
}

/** The words of a text that say something, each once. */
export function tellingWords(text: string): ReadonlySet<string> {
  return new Set(
    splitWords(text)
      .map(tellingWord)
      .filter((word) => word !== null),
  );
}
