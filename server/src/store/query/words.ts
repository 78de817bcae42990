const WORD = /[\p{L}\p{N}]+/gu;
const MARK = /\p{M}+/gu;
const MAX_WORDS = 12;

/** The words that a person typed, without anything that the index would take as an operator. */
export function wordsOf(text: string): readonly string[] {
  return (text.normalize('NFC').match(WORD) ?? []).slice(0, MAX_WORDS);
}

/** An FTS5 expression: all words, each as the beginning of a word; within columns when given. */
export function matchExpression(words: readonly string[], columns: readonly string[] | null): string {
  const all = words.map((word) => `"${word}"*`).join(' AND ');
  return columns === null ? all : `{${columns.join(' ')}} : (${all})`;
}

const BEFORE = 60;
const LENGTH = 180;

/** A piece of plain text around the first of the words, with `…` where it was cut; the beginning when none is there. */
export function excerptOf(texts: readonly string[], words: readonly string[]): string {
  const wanted = words.map(foldCase);
  for (const text of texts) {
    const flat = text.replace(/\s+/g, ' ').trim();
    const at = firstOf(foldCase(flat), wanted);
    if (at >= 0) return cut(flat, Math.max(0, at - BEFORE));
  }
  return cut((texts.find((text) => text.trim() !== '') ?? '').replace(/\s+/g, ' ').trim(), 0);
}

function firstOf(text: string, words: readonly string[]): number {
  const places = words.map((word) => text.indexOf(word)).filter((at) => at >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

function cut(text: string, from: number): string {
  const start = from === 0 ? 0 : text.indexOf(' ', from) + 1;
  const end = start + LENGTH;
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}

/** As the index compares: without case and accents. Keeps the length where that is possible, so that places fit. */
function foldCase(text: string): string {
  const folded = text.normalize('NFD').replace(MARK, '').toLowerCase();
  return folded.length === text.length ? folded : text.toLowerCase();
}
