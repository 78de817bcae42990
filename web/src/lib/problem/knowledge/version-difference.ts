import { keptBetween } from '@muster/documents/knowledge';

/** A stretch of words that stayed, came or went. */
export interface WordRun {
  readonly kind: 'same' | 'came' | 'went';
  readonly text: string;
}

/** What became of a text, word by word. */
export function differenceOf(before: string, after: string): readonly WordRun[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const runs: WordRun[] = [];
  const add = (kind: WordRun['kind'], words: readonly string[]) => {
    if (words.length > 0) runs.push({ kind, text: words.join('') });
  };
  let [from, to] = [0, 0];
  for (const kept of keptBetween(old, fresh)) {
    add('went', old.slice(from, kept.before));
    add('came', fresh.slice(to, kept.after));
    add('same', fresh.slice(kept.after, kept.after + kept.length));
    [from, to] = [kept.before + kept.length, kept.after + kept.length];
  }
  add('went', old.slice(from));
  add('came', fresh.slice(to));
  return runs;
}

/** Words with the space after them. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}
