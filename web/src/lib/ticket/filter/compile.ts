import { FIELDS } from './fields.ts';
import type { Filter, FilterProblem, Term } from './filter.ts';
import { nearestOf } from './nearest.ts';
import type { FilterWorld, RowTest } from './world.ts';

export interface CompiledFilter {
  readonly matches: RowTest;
  /** Whether a row can begin or cease to match although it did not change. */
  readonly timed: boolean;
  readonly problems: readonly FilterProblem[];
}

/** Makes one test of a filter. A term with no word that means anything here is left out and named. */
export function compileFilter(filter: Filter, world: FilterWorld): CompiledFilter {
  const problems: FilterProblem[] = [];
  const tests: RowTest[] = [];
  let timed = false;
  for (const term of filter.terms) {
    const test = compileTerm(term, world, problems);
    if (!test) continue;
    tests.push(term.negated ? (row, moment) => !test(row, moment) : test);
    if (term.kind === 'field' && FIELDS[term.field].timed) timed = true;
  }
  return { matches: (row, moment) => tests.every((test) => test(row, moment)), timed, problems };
}

function compileTerm(term: Term, world: FilterWorld, problems: FilterProblem[]): RowTest | null {
  if (term.kind === 'text') return textTest(term.text, world);
  const spec = FIELDS[term.field];
  const tests: RowTest[] = [];
  for (const value of term.values) {
    const test = spec.test(value, world);
    const said = { field: term.field, value, span: term.span };
    if (test) tests.push(test);
    else if (spec.isAwaited?.(world)) problems.push({ kind: 'value-not-here', ...said });
    else {
      const nearest = nearestOf(value, spec.words(world));
      problems.push({ kind: 'unknown-value', ...said, nearest });
    }
  }
  if (tests.length === 0) return null;
  return tests.length === 1 ? (tests[0] ?? null) : (row, moment) => tests.some((test) => test(row, moment));
}

/** Words are looked for in the title, the number, the token, the tags and the requester's name, in any case. */
function textTest(text: string, { directory }: FilterWorld): RowTest {
  const wanted = text.toLowerCase();
  return (row) =>
    row.title.toLowerCase().includes(wanted) ||
    (row.number?.toLowerCase().includes(wanted) ?? false) ||
    row.token.toLowerCase().includes(wanted) ||
    row.tags.some((tag) => tag.toLowerCase().includes(wanted)) ||
    (directory.people.get(row.requester)?.name.toLowerCase().includes(wanted) ?? false);
}
