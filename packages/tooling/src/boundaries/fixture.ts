/** A tiny house in a temporary folder, for planting faults in. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files of a house without fault, by path; outside packages are stubs. */
const soundHouse: Readonly<Record<string, string>> = {
  'packages/domain/src/shared/index.ts': `export { parseDate } from '@internationalized/date';`,
  'packages/domain/src/incident/index.ts': `import { parseDate } from '../shared/index.ts';\nexport const incident = parseDate;`,
  'packages/domain/src/problem/index.ts': `export const problem = 1;\nexport interface Problem { id: string }`,
  'packages/domain/src/flows/index.ts': `import { incident } from '../incident/index.ts';\nimport { problem } from '../problem/index.ts';\nexport const flow = [incident, problem];`,
  'packages/documents/src/index.ts': `import * as Y from 'yjs';\nimport { incident } from '../../domain/src/incident/index.ts';\nexport const board = [Y, incident];`,
  'packages/sync/src/index.ts': `import * as Y from 'yjs';\nimport { board } from '../../documents/src/index.ts';\nexport const frame = [Y, board];`,
  'server/src/main.ts': `import { frame } from '../../packages/sync/src/index.ts';\nexport const server = frame;`,
  'web/package.json': `{ "name": "web", "type": "module", "imports": { "#lib/*": "./src/lib/*" } }`,
  'web/src/lib/ui/Button.svelte': `<script lang="ts">\n  let { label }: { label: string } = $props();\n</script>\n\n<button type="button">{label}</button>`,
  'web/src/lib/incident/list.ts': `export const incidents = [];`,
  'web/src/lib/problem/list.ts': `export const problems = [];`,
  'web/src/routes/page.ts': `import { incidents } from '#lib/incident/list.ts';\nimport { problems } from '#lib/problem/list.ts';\nexport const page = [incidents, problems];`,
  ...stubPackage('yjs'),
  ...stubPackage('@internationalized/date', 'export const parseDate = 1;'),
  ...stubPackage('hono'),
};

/** An installed package with declarations beside its source, as most have. */
function stubPackage(name: string, source = 'export const stub = 1;'): Record<string, string> {
  const folder = `node_modules/${name}`;
  const exports = { types: './index.d.ts', default: './index.js' };
  return {
    [`${folder}/package.json`]: JSON.stringify({ name, type: 'module', exports }),
    [`${folder}/index.js`]: source,
    [`${folder}/index.d.ts`]: 'export declare const stub: number;',
  };
}

export interface House {
  readonly root: string;
  /** Writes a file, over the sound one if there is one. */
  write(path: string, source: string): void;
  [Symbol.dispose](): void;
}

/** Builds the sound house; it is gone when the `using` that holds it ends. */
export function buildHouse(): House {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster-house-')));
  const write = (path: string, source: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${source}\n`);
  };
  for (const [path, source] of Object.entries(soundHouse)) write(path, source);
  return { root, write, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
