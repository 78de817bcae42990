// The pinned package manager and Node, fetched from the package registry into .tools/.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tools, toolsBin } from './paths.mjs';
import { runOrExit } from './processes.mjs';
import { onceFor } from './stamp.mjs';

const PNPM = '12.21.0';
const NODE = '24.21.0';

/** The oldest Node that runs the server: it strips types and loads the database's binary. */
const OLDEST_NODE = [24, 12];

/** Brings what this machine lacks. Takes seconds the first time and nothing afterwards. */
export function ensureToolchain() {
  // a Node fetched once is kept: the one that runs this may itself be the fetched one
  const needsNode = !isOwnNodeEnough() || existsSync(join(toolsBin, 'node'));
  const wanted = [`pnpm@${PNPM}`, ...(needsNode ? [nodePackage()] : [])];
  onceFor({
    name: 'toolchain',
    inputs: wanted.join('\n'),
    result: '.tools/node_modules',
    step: () => fetchTools(wanted),
  });
}

/** @param {string[]} wanted */
function fetchTools(wanted) {
  console.error(`Fetching ${wanted.join(' and ')} into .tools/ …`);
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  const plain = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  runOrExit('npm', ['install', ...plain, '--loglevel=error', ...wanted], {
    cwd: tools,
    // npm itself may need the settings that pnpm must not see
    env: process.env,
  });
}

function isOwnNodeEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** The registry's packages of Node binaries differ in name by platform. */
function nodePackage() {
  const { platform, arch } = process;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}@${NODE}`;
}
