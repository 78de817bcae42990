import type { Filter, Term } from './filter.ts';

/** Writes a filter so that `parseFilter` reads the same terms again. */
export function printFilter(filter: Filter): string {
  return filter.terms.map(printTerm).join(' ');
}

export function printTerm(term: Term): string {
  const sign = term.negated ? '-' : '';
  if (term.kind === 'text') return sign + printText(term.text);
  return `${sign}${term.field}:${term.values.map(printValue).join(',')}`;
}

/** A value as it is typed after `field:`, in quotes where it would be read otherwise. */
export function printValue(value: string): string {
  return /^[^\s",\\]+$/.test(value) ? value : quote(value);
}

function printText(text: string): string {
  return /^[^\s",:\\-][^\s",:\\]*$/.test(text) ? text : quote(text);
}

function quote(value: string): string {
  return `"${value.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}
