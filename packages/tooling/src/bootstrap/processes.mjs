// Running other programs: to their end, or handing this process's place over to them.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { compiled, root, toolsBin } from './paths.mjs';

const onWindows = process.platform === 'win32';

/** How often to look whether whoever started us is still there. */
const PARENT_CHECK_MS = 500;

/**
 * The environment for everything the bootstrap starts: fetched tools first on PATH, nobody is asked
 * anything, and no npm_config_* of an outer `npm start`, which pnpm would read as its own settings.
 * What Node compiled it keeps, and types that it stripped: a server starts in two thirds of the time.
 */
export function childEnvironment() {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config|package|lifecycle)_/i.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: toolsBin + delimiter + process.env['PATH'],
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
    DO_NOT_TRACK: '1',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compiled,
  };
}

/**
 * Runs a program to its end and leaves this process with its status if it fails. Its output goes to
 * stderr, so that stdout stays that of the command which was asked for.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function runOrExit(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: childEnvironment(),
    stdio: ['ignore', 2, 2],
    shell: onWindows,
    ...options,
  });
  if (result.error) throw result.error;
  if (result.signal) process.kill(process.pid, result.signal);
  if (result.status) process.exit(result.status);
}

/**
 * Lets a program take this process's place: same streams, same exit code, signals passed on.
 *
 * A service gets a process group of its own, so that each signal reaches it exactly once, and it ends
 * when our parent does: npm does not pass SIGTERM through its shell. An interactive command stays in
 * the terminal's group, where it can read the keyboard.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ service: boolean }} options
 */
export function handOver(command, args, { service }) {
  const ownGroup = service && !onWindows;
  const child = spawn(command, args, {
    cwd: root,
    env: childEnvironment(),
    stdio: service ? ['ignore', 'inherit', 'inherit'] : 'inherit',
    shell: onWindows,
    detached: ownGroup,
  });
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(ownGroup ? -child.pid : child.pid, signal);
    } catch {
      // it has ended by itself
    }
  };
  process.on('SIGTERM', () => pass('SIGTERM'));
  process.on('SIGHUP', () => pass('SIGHUP'));
  // in the terminal's own group the child has had its SIGINT already
  process.on('SIGINT', () => service && pass('SIGINT'));
  endWithParent(() => pass('SIGTERM'));
  child.on('error', (error) => {
    console.error(`cannot run ${command}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
}

/** @param {() => void} end called once one of those that started us is gone */
function endWithParent(end) {
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    end();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/**
 * Our parent, which is npm's shell, and the shell's parent, which is npm: a killed npm leaves its shell
 * behind. Where there is no /proc only the parent is known.
 */
function ancestors() {
  const { ppid } = process;
  try {
    const [grandparent] = /^PPid:\s*\d+$/m.exec(readFileSync(`/proc/${ppid}/status`, 'utf8')) ?? [];
    return `${ppid} ${grandparent}`;
  } catch {
    return `${ppid}`;
  }
}
