import { unreachable } from '@muster/domain/shared';
import type { FilterProblem } from '../filter/index.ts';

/** What is wrong with a filter, and what would be right. */
export function filterProblemWords(problem: FilterProblem): string {
  switch (problem.kind) {
    case 'unknown-field':
      return `There is no field “${problem.name}”.${suggest(problem.nearest && `${problem.nearest}:`)}`;
    case 'empty-value':
      return `“${problem.field}:” needs a value.`;
    case 'unclosed-quote':
      return 'A quotation mark is open. Add the closing one.';
    case 'unknown-value':
      return `“${problem.value}” means nothing for ${problem.field}.${suggest(problem.nearest)}`;
    case 'value-not-here':
      return `“${problem.value}” cannot be looked up now and is left out.`;
    default:
      return unreachable(problem);
  }
}

function suggest(nearest: string | null): string {
  return nearest === null ? '' : ` Did you mean “${nearest}”?`;
}
