/** Reading the numbered rules of the house, and the test titles that cite them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a rule id stands: `INC-7` in `packages/domain/src/incident/RULES.md`. */
export interface Mention {
  readonly id: string;
  readonly file: string;
}

const RULE_FILES = ['packages/domain/src/*/RULES.md', 'packages/sync/RULES.md'];
const TEST_FILES = [
  'packages/{domain,documents,sync}/src/**/*.test.ts',
  'server/src/**/*.test.ts',
  'web/src/**/*.test.ts',
  'test/*/**/*.{test,spec}.ts',
];

const ID = '(?:DSK|INC|PRB|CHG|CFG|REL|FLW|SYN)-\\d+';
const DEFINITION = new RegExp(`^- \\*\\*(${ID})\\*\\* `, 'gm');
/** A string that opens with one or more ids in brackets: `'[INC-7] a resolved …'`. */
const TITLE = new RegExp(`['"\`]((?:\\[${ID}\\]\\s*)+)`, 'g');

/** Every rule that a RULES.md below `base` defines. */
export function readRules(base: string): Mention[] {
  return mentions(base, RULE_FILES, (text) => [...text.matchAll(DEFINITION)].map((match) => match[1] ?? ''));
}

/** Every rule that the title of a test below `base` names. */
export function readCitations(base: string): Mention[] {
  return mentions(base, TEST_FILES, (text) =>
    [...text.matchAll(TITLE)].flatMap((match) => match[1]?.match(new RegExp(ID, 'g')) ?? []),
  );
}

function mentions(base: string, patterns: readonly string[], find: (text: string) => string[]): Mention[] {
  const files = globSync([...patterns], { cwd: base, exclude: ['**/node_modules/**'] });
  return files
    .sort()
    .flatMap((file) => find(readFileSync(join(base, file), 'utf8')).map((id) => ({ id, file })));
}

/** The mentions in `these` whose id nothing in `those` names. */
export function unmatched(these: readonly Mention[], those: readonly Mention[]): Mention[] {
  const known = new Set(those.map(({ id }) => id));
  return these.filter(({ id }) => !known.has(id));
}
