// The way in for every root script, on any Node from 18 with npm: brings the pinned tools and the
// packages, then lets the wanted program take over. Plain JavaScript, because it runs before there is
// a Node that strips types.
import { handOver } from './processes.mjs';
import { ensureToolchain } from './toolchain.mjs';
import { ensureInstalled, ensureWebBuilt } from './workspace.mjs';

const SERVER = 'server/src/main.ts';
const COMMAND_LINE = 'server/src/muster.ts';
const RUNNER = 'packages/tooling/src/runner/main.ts';

const [verb = 'start', ...args] = process.argv.slice(2);

ensureToolchain();
ensureInstalled();

switch (verb) {
  case 'start':
    ensureWebBuilt();
    handOver('node', [SERVER, ...args], { service: true });
    break;
  case 'build':
    ensureWebBuilt();
    break;
  case 'muster':
    handOver('node', [COMMAND_LINE, ...args], { service: false });
    break;
  default:
    handOver('node', [RUNNER, verb, ...args], { service: true });
}
