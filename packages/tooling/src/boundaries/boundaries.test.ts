import { describe, expect, test } from 'vitest';
import { checkBoundaries } from './cruise.ts';
import { buildHouse } from './fixture.ts';
import { boundaryRules } from './rules.mjs';

const FOLDERS = ['packages', 'server', 'web/src'];

interface Fault {
  readonly rule: string;
  readonly path: string;
  readonly source: string;
}

/** For each rule an import that breaks it, added to a house without fault. */
const faults: readonly Fault[] = [
  {
    rule: 'no-cycles',
    path: 'packages/domain/src/shared/index.ts',
    source: `export { other } from './other.ts';\nexport const parseDate = 1;`,
  },
  {
    rule: 'domain-is-pure',
    path: 'packages/domain/src/incident/index.ts',
    source: `import * as Y from 'yjs';\nexport const incident = Y;`,
  },
  {
    rule: 'calendars-live-in-shared',
    path: 'packages/domain/src/incident/index.ts',
    source: `import { parseDate } from '@internationalized/date';\nexport const incident = parseDate;`,
  },
  {
    rule: 'packages-below-apps',
    path: 'packages/documents/src/index.ts',
    source: `import type { server } from '../../../server/src/main.ts';\nexport type Server = typeof server;`,
  },
  {
    rule: 'processes-meet-in-flows',
    path: 'packages/domain/src/incident/index.ts',
    source: `import type { Problem } from '../problem/index.ts';\nexport const incident: Problem[] = [];`,
  },
  {
    rule: 'shared-knows-no-process',
    path: 'packages/domain/src/shared/index.ts',
    source: `import type { Problem } from '../problem/index.ts';\nexport const parseDate: Problem[] = [];`,
  },
  {
    rule: 'processes-meet-in-routes',
    path: 'web/src/lib/incident/IncidentList.svelte',
    source: `<script lang="ts">\n  import { problems } from '#lib/problem/list.ts';\n</script>\n\n{problems.length}`,
  },
  {
    rule: 'ui-knows-no-process',
    path: 'web/src/lib/ui/Button.svelte',
    source: `<script lang="ts">\n  import { problems } from '../problem/list.ts';\n</script>\n\n{problems.length}`,
  },
  {
    rule: 'components-see-no-yjs',
    path: 'web/src/lib/incident/list.ts',
    source: `import * as Y from 'yjs';\nexport const incidents = [Y];`,
  },
  {
    rule: 'documents-know-domain-and-yjs',
    path: 'packages/documents/src/index.ts',
    source: `import { stub } from 'hono';\nexport const board = stub;`,
  },
  {
    rule: 'sync-knows-no-process',
    path: 'packages/sync/src/index.ts',
    source: `import { incident } from '../../domain/src/incident/index.ts';\nexport const frame = incident;`,
  },
  {
    rule: 'server-and-web-are-apart',
    path: 'server/src/main.ts',
    source: `import { incidents } from '../../web/src/lib/incident/list.ts';\nexport const server = incidents;`,
  },
];

describe('boundaries', () => {
  test('a house without fault passes', async () => {
    using house = buildHouse();
    const { modules, violations } = await checkBoundaries(house.root, FOLDERS);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(10);
  });

  test.each(faults)('$rule fires on a planted fault', async ({ rule, path, source }) => {
    using house = buildHouse();
    house.write('packages/domain/src/shared/other.ts', `import './index.ts';\nexport const other = 1;`);
    house.write(path, source);
    const { violations } = await checkBoundaries(house.root, FOLDERS);
    expect(violations.filter(({ from }) => from === path).map((violation) => violation.rule)).toContain(rule);
  });

  test('every rule has a planted fault', () => {
    expect(faults.map(({ rule }) => rule).sort()).toEqual(boundaryRules.map(({ name }) => name).sort());
  });
});
