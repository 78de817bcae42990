export { compileFilter, type CompiledFilter } from './compile.ts';
export { completionsAt, type Completion } from './complete.ts';
export { FIELDS } from './fields.ts';
export { EMPTY_FILTER, FIELD_NAMES, isFieldName } from './filter.ts';
export type { FieldName, Filter, FilterProblem, Span, Term } from './filter.ts';
export { parseFilter } from './parse.ts';
export { printFilter, printTerm } from './print.ts';
export { CLOCK_WORDS } from './world.ts';
export type { ClockWord, FilterItems, FilterMoment, FilterRow, FilterWorld, RowTest } from './world.ts';
