import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readClocks, writeUpdate } from './updates.ts';

const AUTHORS = [0x1000001, 0x2000001, 7];

function clocksIn(update: Uint8Array): Map<number, number> {
  const clocks = new Map<number, number>();
  readClocks(update, 0, (client, clock) => clocks.set(client, clock));
  return clocks;
}

test('updates written by hand are what Yjs takes, and each types one character', () => {
  const doc = new Y.Doc();
  for (let clock = 0; clock < 30; clock += 1) {
    for (const client of AUTHORS) Y.applyUpdate(doc, writeUpdate(client, clock));
  }
  const texts = doc.getArray('timeline').toArray() as Y.Text[];
  expect(texts.map((text) => text.toJSON().length)).toEqual(AUTHORS.map(() => 29));
});

test('clocks are read from updates however they are merged, so that batches are counted in full', () => {
  const updates = AUTHORS.flatMap((client) =>
    Array.from({ length: 40 }, (_, clock) => writeUpdate(client, clock)),
  );
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const wanted = new Map(AUTHORS.map((client) => [client, 40]));
  expect(clocksIn(Y.mergeUpdates(updates))).toEqual(wanted);
  expect(clocksIn(Y.encodeStateAsUpdate(doc))).toEqual(wanted);
});

test('many updates written at once are the same as one by one', () => {
  const [client = 1] = AUTHORS;
  const [together, apart] = [new Y.Doc(), new Y.Doc()];
  Y.applyUpdate(together, writeUpdate(client, 0, 50));
  for (let clock = 0; clock < 50; clock += 1) Y.applyUpdate(apart, writeUpdate(client, clock));
  expect(together.getArray('timeline').toJSON()).toEqual(apart.getArray('timeline').toJSON());
});
