import { ESLint } from 'eslint';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { root } from '../bootstrap/paths.mjs';

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: join(root, 'packages/tooling/eslint.config.mjs'),
  // planted sources are no files on disk, so there is no type information for them
  overrideConfig: [tseslint.configs.disableTypeChecked],
});

/** The ids of the rules that object to `source`, were it the file at `path`. */
async function objections(path: string, source: string): Promise<string[]> {
  const [result] = await eslint.lintText(source, { filePath: join(root, path) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const component = (script: string, markup = '') => `<script lang="ts">\n${script}\n</script>\n\n${markup}\n`;

const faults: readonly (readonly [what: string, rule: string, path: string, source: string])[] = [
  ['an enum', 'no-restricted-syntax', 'server/src/planted.ts', 'export enum State { Open }'],
  ['export *', 'no-restricted-syntax', 'server/src/planted.ts', `export * from './app.ts';`],
  ['a default export', 'no-restricted-syntax', 'server/src/planted.ts', 'export default 1;'],
  ['a file of 501 lines', 'max-lines', 'server/src/planted.ts', '// line\n'.repeat(501)],
  [
    'a value import of a type',
    '@typescript-eslint/consistent-type-imports',
    'server/src/planted.ts',
    `import { Hono } from 'hono';\nexport type App = Hono;`,
  ],
  [
    'the clock in the domain',
    'no-restricted-syntax',
    'packages/domain/src/desk/planted.ts',
    'export const at = Date.now();',
  ],
  [
    'today in the domain',
    'no-restricted-syntax',
    'packages/domain/src/desk/planted.ts',
    'export const at = new Date();',
  ],
  [
    'chance in the domain',
    'no-restricted-syntax',
    'packages/domain/src/desk/planted.ts',
    'export const dice = Math.random();',
  ],
  [
    'a platform global in the domain',
    'no-restricted-globals',
    'packages/domain/src/desk/planted.ts',
    'export const id = crypto.randomUUID();',
  ],
  [
    'a date in a language of its own',
    'no-restricted-syntax',
    'web/src/lib/incident/planted.ts',
    'export const day = new Intl.DateTimeFormat(undefined).format(0);',
  ],
  [
    'a date in the language of the browser',
    'no-restricted-syntax',
    'web/src/lib/incident/Planted.svelte',
    component('const day = new Date(0).toLocaleDateString();', '{day}'),
  ],
  [
    'a process importing another',
    'no-restricted-imports',
    'web/src/lib/incident/planted.ts',
    `import { a } from '#lib/problem/a.ts';\nexport { a };`,
  ],
  [
    'a component importing the type of another process',
    'no-restricted-imports',
    'web/src/lib/incident/Planted.svelte',
    component(`import type { A } from '../problem/a.ts';\nlet { a }: { a: A } = $props();`, '{a}'),
  ],
  [
    'a component importing yjs',
    'no-restricted-imports',
    'web/src/lib/release/Planted.svelte',
    component(`import type { Doc } from 'yjs';\nlet { doc }: { doc: Doc } = $props();`, '{doc}'),
  ],
  [
    'lib/ui importing a package',
    'no-restricted-imports',
    'web/src/lib/ui/Planted.svelte',
    component(`import type { A } from '@muster/domain';\nlet { a }: { a: A } = $props();`, '{a}'),
  ],
  [
    'raw markup',
    'svelte/no-at-html-tags',
    'web/src/lib/ui/Planted.svelte',
    component('let { a }: { a: string } = $props();', '{@html a}'),
  ],
  [
    'a button without type',
    'svelte/button-has-type',
    'web/src/lib/ui/Planted.svelte',
    '<button>Save</button>\n',
  ],
];

describe('lint', () => {
  test.each(faults)('%s is an error of %s', async (_what, rule, path, source) => {
    expect(await objections(path, source)).toContain(rule);
  });

  test('a configuration file may export by default', async () => {
    expect(await objections('web/vite.config.ts', 'export default {};\n')).toEqual([]);
  });

  test('a process imports its own folder, lib/ui and the packages', async () => {
    const source = `import { a } from '#lib/incident/a.ts';\nimport { b } from './b.ts';\nimport { c } from '#lib/ui/c.ts';\nimport { d } from '@muster/domain/problem';\nexport { a, b, c, d };\n`;
    expect(await objections('web/src/lib/incident/planted.ts', source)).toEqual([]);
  });
});
