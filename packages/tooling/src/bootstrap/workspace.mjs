// Bringing the workspace into a state in which it runs: packages installed, web client built.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runOrExit } from './processes.mjs';
import { hashOf, onceFor } from './stamp.mjs';

/** What decides which packages are installed. */
const INSTALL_INPUTS = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];

/** What the web client is built from: itself and the packages below it. */
const WEB_INPUTS = [
  'web',
  'packages/domain/src',
  'packages/documents/src',
  'packages/sync/src',
  'pnpm-lock.yaml',
];

/** Installs packages exactly as locked, if the lock or a member's manifest has changed. */
export function ensureInstalled() {
  onceFor({
    name: 'install',
    inputs: hashOf([...INSTALL_INPUTS, ...memberManifests()]),
    result: 'node_modules/.modules.yaml',
    step: () => {
      console.error('Installing packages …');
      runOrExit('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only']);
    },
  });
}

/** Builds the web client into web/build, if its sources have changed. */
export function ensureWebBuilt() {
  onceFor({
    name: 'web-build',
    inputs: hashOf(WEB_INPUTS),
    result: 'web/build/index.html',
    step: () => {
      console.error('Building the web client …');
      runOrExit('pnpm', ['--dir', 'web', 'exec', 'vite', 'build', '--logLevel', 'warn']);
    },
  });
}

function memberManifests() {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  return ['web', 'server', 'test', 'test/bench', ...packages].map((member) => `${member}/package.json`);
}
