import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../bootstrap/paths.mjs';
import { readCitations, readRules, unmatched } from './rules.ts';

describe('rules and tests of this house', () => {
  test('every rule in a RULES.md is named by the title of a test', () => {
    expect(unmatched(readRules(root), readCitations(root))).toEqual([]);
  });

  test('every rule that a test title names is in a RULES.md', () => {
    expect(unmatched(readCitations(root), readRules(root))).toEqual([]);
  });

  test('no rule id is given twice', () => {
    const ids = readRules(root).map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });
});

describe('matching rules with tests', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'muster-rules-'));
    mkdirSync(join(base, 'packages/domain/src/incident'), { recursive: true });
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const write = (name: string, text: string) =>
    writeFileSync(join(base, 'packages/domain/src/incident', name), text);
  const inRules = 'packages/domain/src/incident/RULES.md';
  const inTest = 'packages/domain/src/incident/a.test.ts';

  test('a rule without a test and a test without a rule are both found', () => {
    write('RULES.md', '# Rules\n\n- **INC-1** first (guide)\n- **INC-2** second (guide)\n');
    write('a.test.ts', `test('[INC-1] first', f);\ntest.each(all)("[INC-3] third", f);\n`);
    expect(unmatched(readRules(base), readCitations(base))).toEqual([{ id: 'INC-2', file: inRules }]);
    expect(unmatched(readCitations(base), readRules(base))).toEqual([{ id: 'INC-3', file: inTest }]);
  });

  test('one title may name several rules', () => {
    write('a.test.ts', 'test(`[INC-1] [INC-2] both`, f);\n');
    expect(readCitations(base).map(({ id }) => id)).toEqual(['INC-1', 'INC-2']);
  });

  test('a rule id outside a title is no citation', () => {
    write('a.test.ts', `// see [INC-1]\ntest('a title that ends in [INC-2]', f);\n`);
    expect(readCitations(base)).toEqual([]);
  });
});
