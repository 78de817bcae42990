import { FIELD_NAMES, isFieldName, type Filter, type FilterProblem, type Term } from './filter.ts';
import { nearestOf } from './nearest.ts';

/**
 * Reads the one syntax of the search box, saved views and the address:
 * `state:open priority:1-2 team:"Service Desk",none -tag:vip some words`.
 * Terms must all hold; commas inside a term are alternatives; a leading `-` turns a term round;
 * quotes keep spaces, commas and colons. A backslash inside quotes keeps the next character.
 * Nothing is thrown: a broken part is left out and named with its place.
 */
export function parseFilter(text: string): { filter: Filter; problems: FilterProblem[] } {
  const terms: Term[] = [];
  const problems: FilterProblem[] = [];
  for (const word of wordsOf(text, problems)) {
    const term = termOf(word, problems);
    if (term) terms.push(term);
  }
  return { filter: { terms }, problems };
}

/** A run of the text between spaces, split where unquoted colons and commas stand. */
interface Word {
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
  /** Before the first unquoted colon; null when there is none. */
  readonly field: string | null;
  readonly values: readonly string[];
}

function termOf(word: Word, problems: FilterProblem[]): Term | null {
  const span = { from: word.from, to: word.to };
  const { negated } = word;
  if (word.field === null) {
    const text = word.values.join(',');
    return text === '' ? null : { kind: 'text', text, negated, span };
  }
  const field = word.field.toLowerCase();
  if (!isFieldName(field)) {
    problems.push({ kind: 'unknown-field', name: word.field, nearest: nearestOf(field, FIELD_NAMES), span });
    return null;
  }
  const values = word.values.filter((value) => value !== '');
  if (values.length === 0) {
    problems.push({ kind: 'empty-value', field, span });
    return null;
  }
  return { kind: 'field', field, values, negated, span };
}

function wordsOf(text: string, problems: FilterProblem[]): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at += 1;
      continue;
    }
    const word = readWord(text, at, problems);
    words.push(word);
    at = word.to;
  }
  return words;
}

function readWord(text: string, from: number, problems: FilterProblem[]): Word {
  let at = from;
  const negated = text[at] === '-' && at + 1 < text.length && !isSpace(text[at + 1]);
  if (negated) at += 1;
  let field: string | null = null;
  let value = '';
  let quoted = false;
  const values: string[] = [];
  while (at < text.length && !isSpace(text[at])) {
    const character = text[at] ?? '';
    if (character === '"') {
      const quote = readQuote(text, at);
      if (!quote.closed) problems.push({ kind: 'unclosed-quote', span: { from: at, to: quote.to } });
      value += quote.text;
      quoted = true;
      at = quote.to;
      continue;
    }
    if (character === ':' && field === null && !quoted && values.length === 0 && /^[a-z]+$/i.test(value)) {
      field = value;
      value = '';
    } else if (character === ',') {
      values.push(value);
      value = '';
    } else {
      value += character;
    }
    at += 1;
  }
  values.push(value);
  return { from, to: at, negated, field, values };
}

function readQuote(text: string, from: number): { text: string; to: number; closed: boolean } {
  let content = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') return { text: content, to: at + 1, closed: true };
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      content += text[at] ?? '';
    } else {
      content += character;
    }
  }
  return { text: content, to: text.length, closed: false };
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}
