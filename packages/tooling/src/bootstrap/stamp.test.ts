import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { root, tools } from './paths.mjs';
import { hashOf, onceFor } from './stamp.mjs';

let folder: string;
/** The folder as the bootstrap names it: below the root. */
let below: string;
beforeEach(() => {
  mkdirSync(tools, { recursive: true });
  folder = mkdtempSync(join(tools, 'stamp-test-'));
  below = relative(root, folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('onceFor', () => {
  const task = (inputs: string, step: () => void) => ({
    ...{ name: `${relative(tools, folder)}/step`, inputs, step },
    result: join(below, 'result'),
  });
  const makeResult = () => writeFileSync(join(folder, 'result'), '');

  test('a step is done once for the same inputs and again for others', () => {
    const step = vi.fn(makeResult);
    for (const inputs of ['a', 'a', 'b', 'b']) onceFor(task(inputs, step));
    expect(step).toHaveBeenCalledTimes(2);
  });

  test('a step whose result was deleted is done again', () => {
    const step = vi.fn(makeResult);
    onceFor(task('a', step));
    rmSync(join(folder, 'result'));
    onceFor(task('a', step));
    expect(step).toHaveBeenCalledTimes(2);
  });

  test('a step that was broken off is done again', () => {
    makeResult();
    const broken = () => {
      throw new Error('broken off');
    };
    expect(() => onceFor(task('a', broken))).toThrow('broken off');
    const step = vi.fn();
    onceFor(task('a', step));
    expect(step).toHaveBeenCalledOnce();
  });
});

describe('hashOf', () => {
  test('changes with a file and its name, and ignores what is not there', () => {
    writeFileSync(join(folder, 'one'), 'text');
    const before = hashOf([below, join(below, 'missing')]);
    expect(hashOf([below])).toBe(before);
    writeFileSync(join(folder, 'one'), 'other');
    expect(hashOf([below])).not.toBe(before);
  });
});
