import { parseFilter, printTerm } from '../filter/index.ts';

/** An item as a query names it, and the query without it. */
export interface ItemTerm {
  readonly word: string;
  readonly negated: boolean;
  readonly without: string;
}

/** The items that a query names, in its order. All else of it stays as it is written, mistakes too. */
export function itemTerms(query: string): readonly ItemTerm[] {
  return parseFilter(query).filter.terms.flatMap((term) => {
    if (term.kind !== 'field' || term.field !== 'item') return [];
    return term.values.flatMap((word, place) => {
      if (word === 'none') return [];
      const values = term.values.filter((_, each) => each !== place);
      const left = values.length === 0 ? '' : printTerm({ ...term, values });
      const [before, after] = [query.slice(0, term.span.from), query.slice(term.span.to)];
      const without = left === '' ? `${before}${after.trimStart()}` : `${before}${left}${after}`;
      return [{ word, negated: term.negated, without: without.trimEnd() }];
    });
  });
}
