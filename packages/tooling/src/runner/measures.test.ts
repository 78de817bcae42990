import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeMeasures, readMeasures } from './measures.ts';

test('counts are summed and times told by their median and maximum', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-measures-'));
  const file = join(folder, 'measures.jsonl');
  expect(readMeasures(file)).toEqual([]);
  const lines = [
    { what: 'kill rounds', count: 1_000 },
    { what: 'until it listens', ms: 30 },
    { what: 'kill rounds', count: 1 },
    { what: 'until it listens', ms: 10 },
    { what: 'until it listens', ms: 20 },
  ];
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(readMeasures(file)).toEqual([
    { what: 'kill rounds', count: 1_001 },
    { what: 'until it listens', times: 3, medianMs: 20, maxMs: 30 },
  ]);
  expect(describeMeasures(readMeasures(file))).toBe(
    '1,001 kill rounds, until it listens: median 20 ms, at most 30 ms',
  );
  rmSync(folder, { recursive: true, force: true });
});
