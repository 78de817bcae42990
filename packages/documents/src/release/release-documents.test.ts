import { readinessOf } from '@muster/domain/release';
import type { Release } from '@muster/domain/release';
import { recordId } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isNonconforming } from '../nonconforming.ts';
import { anyRelease, anyStep } from '../test-support/any-release.ts';
import { entriesWrittenBy } from '../test-support/entries-written.ts';
import { readRelease, readStep, readStepIds, writeRelease } from './document.ts';
import {
  readReleaseRow,
  readReleaseRows,
  releaseOfKey,
  removeReleaseRow,
  rowOfRelease,
  writeReleaseRow,
} from './row.ts';
import { stepEntry } from './step.ts';

const SEED = 20_261_128;

function sampled(): { readonly release: Release; readonly doc: Y.Doc } {
  const release = fc
    .sample(anyRelease, { seed: SEED, numRuns: 100 })
    .find(({ steps, phases }) => steps.length > 2 && phases.length > 1);
  if (release === undefined) throw new Error('no sample');
  const doc = new Y.Doc();
  writeRelease(doc, release);
  return { release, doc };
}

describe('the document of a release', () => {
  test('read again with a memo, only what was written since is another object', () => {
    const { release, doc } = sampled();
    const memo = new Map();
    const before = readRelease(doc, release.id, memo).release;
    const [first, ...others] = release.steps;
    if (before === null || first === undefined) throw new Error('no steps');
    const retitled = {
      ...release,
      version: release.version + 1,
      steps: [{ ...first, title: 'Other' }, ...others],
    };
    writeRelease(doc, retitled, release);
    const after = readRelease(doc, release.id, memo).release;
    expect(after).toEqual(retitled);
    expect(after?.steps.map((step, index) => step === before.steps[index])).toEqual([
      false,
      ...others.map(() => true),
    ]);
    expect(after?.phases.every((phase, index) => phase === before.phases[index])).toBe(true);
  });

  test('gives back every release unchanged, also through an update, and decides on the same content', () => {
    fc.assert(
      fc.property(anyRelease, (release) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        writeRelease(here, release);
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        const read = readRelease(there, release.id);
        expect(read).toEqual({ release, nonconforming: [] });
        const facts = { changes: new Map() };
        expect(read.release === null ? '' : readinessOf(read.release, facts).hash).toBe(
          readinessOf(release, facts).hash,
        );
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('says what stands after any other release was there', () => {
    fc.assert(
      fc.property(anyRelease, anyRelease, fc.boolean(), (before, after, isKnown) => {
        const doc = new Y.Doc();
        writeRelease(doc, before);
        writeRelease(doc, after, isKnown ? before : null);
        expect(readRelease(doc, after.id).release).toEqual(after);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('costs a tick its step and the version', () => {
    const { release, doc } = sampled();
    const [first, ...others] = release.steps;
    if (first === undefined) throw new Error('no step');
    const ticked = { ...first, startedAt: release.madeAt + 1 };
    const after = { ...release, version: release.version + 1, steps: [ticked, ...others] };
    expect(entriesWrittenBy(doc, () => writeRelease(doc, after, release))).toEqual([
      'release.pulse',
      `steps.${first.id}`,
    ]);
    expect(readRelease(doc, release.id).release).toEqual(after);
    expect(entriesWrittenBy(doc, () => writeRelease(doc, after))).toEqual([]);
  });

  test('forgets a step that was dropped, and keeps their order', () => {
    const { release, doc } = sampled();
    const steps = release.steps.slice(1).toReversed();
    writeRelease(doc, { ...release, steps }, release);
    expect(readStepIds(doc)).toEqual(steps.map(({ id }) => id));
    expect(doc.getMap('steps').size).toBe(steps.length);
  });

  test('is not there before it has arrived, and leaves out what does not conform', () => {
    const { release, doc } = sampled();
    expect(readRelease(new Y.Doc(), release.id)).toEqual({ release: null, nonconforming: [] });
    const [first, ...others] = release.steps;
    doc.getMap('steps').set(first?.id ?? '', [99]);
    const read = readRelease(doc, release.id);
    expect(read.release?.steps).toEqual(others);
    expect(read.nonconforming).toMatchObject([{ path: `steps.${first?.id}` }]);
    doc.getMap('release').set('rollCall', 'odd');
    expect(readRelease(doc, release.id).release).toBeNull();
  });

  test('never throws on damaged cells of a step and says where the fault is', () => {
    const damage = fc.anything({ withBigInt: false, maxDepth: 2 });
    fc.assert(
      fc.property(anyStep, fc.nat({ max: 17 }), damage, (step, column, junk) => {
        const row = [...(stepEntry.encode(step) as unknown[])];
        row[column] = junk;
        const decoded = stepEntry.decode(`steps.${step.id}`, row);
        if (isNonconforming(decoded)) expect(decoded.path).toContain(step.id);
      }),
      { seed: SEED, numRuns: 1000 },
    );
    expect(isNonconforming(readStep(new Y.Doc(), 'nowhere'))).toBe(true);
  });
});

describe('the row of a release', () => {
  test('is read as it was written, for every release', () => {
    fc.assert(
      fc.property(anyRelease, (release) => {
        const doc = new Y.Doc();
        writeReleaseRow(doc, rowOfRelease(release));
        expect(readReleaseRows(doc)).toEqual({ releases: [rowOfRelease(release)], nonconforming: [] });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('does not carry its changes again when it moves', () => {
    const { release } = sampled();
    const doc = new Y.Doc();
    writeReleaseRow(doc, rowOfRelease(release));
    const moved = { ...rowOfRelease(release), version: release.version + 1, stepsDone: 3 };
    expect(entriesWrittenBy(doc, () => writeReleaseRow(doc, moved))).toEqual([`rows.${release.id}`]);
    expect(releaseOfKey(`${release.id}:members`)).toBe(release.id);
    removeReleaseRow(doc, release.id);
    expect(doc.getMap('rows').size).toBe(0);
    expect(readReleaseRow(doc, release.id)).toBeNull();
  });

  test('of another version is set aside', () => {
    const doc = new Y.Doc();
    doc.getMap('rows').set('odd', [99]);
    expect(readReleaseRows(doc)).toMatchObject({ releases: [], nonconforming: [{ path: 'odd' }] });
    expect(readReleaseRow(doc, recordId('odd'))).toMatchObject({ nonconforming: true });
  });
});
