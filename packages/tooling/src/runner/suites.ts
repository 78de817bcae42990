/** Every suite by name: the one list that `npm test`, `pnpm check` and the shorter commands choose from. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import type { Command, Suite } from './suite.ts';

const TOOLING = 'packages/tooling';
const DOMAIN = 'packages/domain';
/** Members that may use Node, as one program: each would read what the others are made of again. */
const NODE_MEMBERS = 'packages/tooling/tsconfig.members.json';
const SERVICE_WORKER = 'web/src/service-worker';

/** A tool installed in `member`, run in `cwd` (the root unless told). */
function tool(member: string, name: string, args: readonly string[], cwd = '.'): Command {
  return { program: join(root, member, 'node_modules', '.bin', name), args, cwd };
}

function check(name: string, ...commands: Command[]): Suite {
  return { name, commands, counts: 'check' };
}

export const formatCommand = (mode: '--check' | '--write', paths: readonly string[]) =>
  tool('.', 'prettier', [mode, '--cache', '--log-level=warn', ...paths]);

export const lintCommand = (options: readonly string[], paths: readonly string[]) =>
  tool(TOOLING, 'eslint', [
    ...['--config', `${TOOLING}/eslint.config.mjs`, '--no-warn-ignored', '--no-error-on-unmatched-pattern'],
    ...options,
    ...paths,
  ]);

export const vitestCommand = (projects: readonly string[], args: readonly string[] = []) =>
  tool('.', 'vitest', [
    ...['run', '--config', `${TOOLING}/vitest.config.ts`],
    ...projects.map((project) => `--project=${project}`),
    ...args,
  ]);

export const playwrightCommand = (args: readonly string[] = []) =>
  tool('test', 'playwright', ['test', '--pass-with-no-tests', ...args], 'test');

const types = (name: string, project: string) => check(name, tool('.', 'tsc', ['--project', project]));

/** The web member's types: generated routes first, then components, then the service worker if there is one. */
function typesOfWeb(): Suite {
  const worker = existsSync(join(root, SERVICE_WORKER, 'tsconfig.json'));
  return check(
    'types of web',
    tool('web', 'svelte-kit', ['sync'], 'web'),
    tool('web', 'svelte-check', ['--fail-on-warnings', '--output', 'human'], 'web'),
    ...(worker ? [tool('.', 'tsc', ['--noEmit', '--project', SERVICE_WORKER])] : []),
  );
}

/** Independent of each other: the runner may take several at once. */
export const staticSuites = (): [Suite, ...Suite[]] => [
  typesOfWeb(),
  check('lint', lintCommand(['--max-warnings=0'], ['.'])),
  check('format', formatCommand('--check', ['.'])),
  check('boundaries', {
    program: 'node',
    args: [`${TOOLING}/src/boundaries/main.ts`],
  }),
  types('types of domain', DOMAIN),
  types('types of documents, sync, tooling, server and test', NODE_MEMBERS),
];

/** Every vitest project that needs no browser. */
export const UNIT_PROJECTS = ['pure', 'node', 'web-node'];

export const unitSuite: Suite = {
  name: 'unit, property and sync tests',
  commands: [vitestCommand(UNIT_PROJECTS)],
  counts: 'vitest',
};

export const componentSuite: Suite = {
  name: 'component tests',
  commands: [vitestCommand(['browser'])],
  counts: 'vitest',
  needsBrowser: true,
};

export const buildSuite = check('web build', {
  program: 'node',
  args: [`${TOOLING}/src/bootstrap/main.mjs`, 'build'],
});

/** What a browser has to fetch stays below the limits in size-limit.config.mjs. */
export const sizeSuite = check(
  'size of the web build',
  tool(TOOLING, 'size-limit', ['--config', 'size-limit.config.mjs'], TOOLING),
);

export const journeySuite = (args: readonly string[] = []): Suite => ({
  name: 'journeys',
  commands: [playwrightCommand(args)],
  counts: 'playwright',
  needsBrowser: true,
});
