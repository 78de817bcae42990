import { matchOptions } from '#lib/ui/match-options.ts';
import { FIELDS } from './fields.ts';
import { FIELD_NAMES, isFieldName } from './filter.ts';
import { printValue } from './print.ts';
import type { FilterWorld } from './world.ts';

export interface Completion {
  /** What stands in the box for this word after choosing it. */
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
  /** The part of the text it replaces. */
  readonly from: number;
  readonly to: number;
}

const MOST = 8;

/** What the word at the caret may become: a field's name, or one of the field's words. */
export function completionsAt(text: string, caret: number, world: FilterWorld): Completion[] {
  const { from, to, word } = wordAt(text, caret);
  const negated = word.startsWith('-');
  const bare = negated ? word.slice(1) : word;
  const start = from + (negated ? 1 : 0);
  const colon = bare.indexOf(':');
  if (colon < 0) return fieldCompletions(bare, start, to);
  const field = bare.slice(0, colon).toLowerCase();
  if (!isFieldName(field)) return [];
  const lastComma = bare.lastIndexOf(',');
  const valueStart = lastComma > colon ? lastComma + 1 : colon + 1;
  const typed = bare.slice(valueStart).replace(/"/g, '').toLowerCase();
  const { words, options } = FIELDS[field];
  const known = ranked(words(world), typed).map((word) => ({ value: word, label: word, hint: '' }));
  const found = options === undefined ? [] : matchOptions(options(world), typed);
  return [...known, ...found].slice(0, MOST).map(({ value, ...shown }) => ({
    insert: `${printValue(value)} `,
    ...shown,
    from: start + valueStart,
    to,
  }));
}

function fieldCompletions(typed: string, from: number, to: number): Completion[] {
  if (typed === '') return [];
  return ranked(FIELD_NAMES, typed.toLowerCase()).map((name) => ({
    insert: `${name}:`,
    label: `${name}:`,
    hint: FIELDS[name].hint,
    from,
    to,
  }));
}

/** Words that begin with what is typed, then words that hold it. */
function ranked<Word extends string>(words: readonly Word[], typed: string): Word[] {
  const starts = words.filter((word) => word.toLowerCase().startsWith(typed));
  const holds = words.filter((word) => !starts.includes(word) && word.toLowerCase().includes(typed));
  return [...starts, ...holds].slice(0, MOST);
}

/** The word around the caret, reading quotes so that a name with spaces stays one word. */
function wordAt(text: string, caret: number): { from: number; to: number; word: string } {
  let from = 0;
  let quoted = false;
  for (let at = 0; at < caret; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(text[at] ?? '')) from = at + 1;
  }
  return { from, to: caret, word: text.slice(from, caret) };
}
