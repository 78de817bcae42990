// Stamps: what a step was last done for, so that a second start need not do it again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, tools } from './paths.mjs';

/** Folders that no step takes as its input. */
const SKIPPED = new Set(['node_modules', '.svelte-kit', 'build', 'test-results', 'data']);

/**
 * Does `step` unless it was done before for the same `inputs` and its `result` is still there. The
 * stamp goes first and comes back last, so a step that was broken off is done again.
 *
 * @param {{ name: string, inputs: string, result: string, step: () => void }} task
 *   `result` is a path below the root
 */
export function onceFor({ name, inputs, result, step }) {
  const file = join(tools, `${name}.stamp`);
  if (readOrEmpty(file) === inputs && existsSync(join(root, result))) return;
  rmSync(file, { force: true });
  step();
  mkdirSync(tools, { recursive: true });
  writeFileSync(file, inputs);
}

/**
 * A hash over the names and contents of files, given as files or folders below the root.
 *
 * @param {string[]} paths
 */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(join(root, path))).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(child) : entry.isFile() ? [child] : [];
    });
}

/** @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
