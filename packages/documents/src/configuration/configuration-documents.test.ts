import { DEFAULT_CONFIGURATION_RULES } from '@muster/domain/configuration';
import { recordId, serviceId } from '@muster/domain/shared';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isNonconforming } from '../nonconforming.ts';
import { anyItem } from '../test-support/any-item.ts';
import { entriesWrittenBy } from '../test-support/entries-written.ts';
import {
  ConfigurationReader,
  itemRow,
  readConfiguration,
  removeRelationRow,
  writeItemRow,
  writeRelationRow,
} from './rows.ts';
import { readConfigurationRules, writeConfigurationRules } from './rules.ts';

const SEED = 20_261_128;
const relation = { id: recordId('r1'), type: 'runs_on' };

function sampled(): readonly [ReturnType<typeof one>, ReturnType<typeof one>] {
  return [one(0), one(1)];
}

function one(place: number) {
  const item = fc.sample(anyItem, { seed: SEED, numRuns: 2 })[place];
  if (item === undefined) throw new Error('no sample');
  return item;
}

describe('the board of the configuration', () => {
  test('gives back every item unchanged, also through an update', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const [here, there] = [new Y.Doc(), new Y.Doc()];
        writeItemRow(here, 7, item);
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
        expect(readConfiguration(there)).toEqual({
          ...{ items: new Map([['7', item]]), relations: new Map(), nonconforming: [] },
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('names the ends of a relation by items and by services', () => {
    const doc = new Y.Doc();
    const [one, other] = sampled();
    writeItemRow(doc, 1, one);
    writeItemRow(doc, 2, other);
    writeRelationRow(doc, 1, relation, { from: 1, to: 2 });
    writeRelationRow(doc, 2, { ...relation, id: 'r2' }, { from: serviceId('mail'), to: 1 });
    expect([...readConfiguration(doc).relations.values()]).toEqual([
      { id: 'r1', type: 'runs_on', from: one.id, to: other.id },
      { id: 'r2', type: 'runs_on', from: 'mail', to: one.id },
    ]);
    removeRelationRow(doc, 1);
    expect([...readConfiguration(doc).relations.keys()]).toEqual(['2']);
  });

  test('costs an edit its row, and nothing when it says the same', () => {
    const doc = new Y.Doc();
    const [one, other] = sampled();
    writeItemRow(doc, 1, one);
    writeItemRow(doc, 2, other);
    const edited = { ...one, version: one.version + 1 };
    expect(entriesWrittenBy(doc, () => writeItemRow(doc, 1, edited))).toEqual(['rows.1']);
    expect(entriesWrittenBy(doc, () => writeItemRow(doc, 1, edited))).toEqual([]);
  });

  test('reads a relation before its items were asked for, and sets aside one without', () => {
    const doc = new Y.Doc();
    const [one, other] = sampled();
    writeItemRow(doc, 1, one);
    writeRelationRow(doc, 1, relation, { from: 1, to: 2 });
    const reader = new ConfigurationReader(doc);
    expect(reader.relation('1')).toMatchObject({ nonconforming: true, path: 'relations.1' });
    writeItemRow(doc, 2, other);
    expect(reader.relation('1')).toEqual({ ...relation, from: one.id, to: other.id });
    expect([reader.relation('9'), reader.item('9')]).toEqual([null, null]);
  });

  test('reads rows of before, which do not say when an item was changed', () => {
    const [{ changedAt: _, ...item }] = sampled();
    const [version, ...cells] = itemRow.encode(item) as readonly unknown[];
    expect(version).toBe(4);
    expect(itemRow.decode('rows.1', [3, ...cells])).toEqual(item);
  });

  test('never throws on damaged cells and says where the fault is', () => {
    const damage = fc.anything({ withBigInt: false, maxDepth: 2 });
    fc.assert(
      fc.property(anyItem, fc.nat({ max: 15 }), damage, (item, column, junk) => {
        const row = [...(itemRow.encode(item) as unknown[])];
        row[column] = junk;
        const decoded = itemRow.decode('rows.1', row);
        if (isNonconforming(decoded)) expect(decoded.path).toContain('rows.1');
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

describe('the rules of the configuration', () => {
  test('are those that a desk begins with until others have arrived', () => {
    const doc = new Y.Doc();
    expect(readConfigurationRules(doc)).toBe(DEFAULT_CONFIGURATION_RULES);
    const rules = { ...DEFAULT_CONFIGURATION_RULES, version: 3, types: [] };
    writeConfigurationRules(doc, rules);
    expect(readConfigurationRules(doc)).toEqual(rules);
    doc.getMap('rules').set('configuration', 'odd');
    expect(readConfigurationRules(doc)).toBe(DEFAULT_CONFIGURATION_RULES);
  });
});
