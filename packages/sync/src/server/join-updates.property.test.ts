import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import * as Y from 'yjs';
import { joinUpdates } from './join-updates.ts';

const SEED = 20_261_123;

/** What a client does: writes, deletes, formats, and now and then hears of the others. */
const act = fc.record({
  client: fc.nat(3),
  verb: fc.constantFrom('push', 'insert', 'delete', 'text', 'format', 'key', 'hear'),
  at: fc.nat(20),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

/** The updates of clients at work, in the order in which they were made. */
function updatesOf(acts: readonly Act[]): readonly Uint8Array[] {
  const docs = [0, 1, 2, 3].map((index) => {
    const doc = new Y.Doc();
    doc.clientID = 10 + index;
    return doc;
  });
  const updates: Uint8Array[] = [];
  for (const doc of docs)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') updates.push(update);
    });
  for (const { client, verb, at } of acts) {
    const doc = docs[client];
    if (doc === undefined) continue;
    const list = doc.getArray('list');
    const text = doc.getText('text');
    if (verb === 'push') list.push([at]);
    else if (verb === 'insert') list.insert(Math.min(at, list.length), ['😀', { at }]);
    else if (verb === 'delete' && list.length > 0) list.delete(at % list.length);
    else if (verb === 'text') text.insert(Math.min(at, text.length), `w${at}`);
    else if (verb === 'format' && text.length > 0) text.format(at % text.length, 1, { bold: true });
    else if (verb === 'key') doc.getMap('map').set(`k${at % 3}`, new Y.Text(`${at}`));
    else if (verb === 'hear') for (const update of updates) Y.applyUpdate(doc, update, 'heard');
  }
  return updates;
}

function shown(update: Uint8Array): unknown {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const sets = Y.createDeleteSetFromStructStore(doc.store).clients;
  return [
    doc.getArray('list').toJSON(),
    doc.getText('text').toDelta(),
    doc.getMap('map').toJSON(),
    Y.decodeStateVector(Y.encodeStateVector(doc)),
    [...sets].toSorted(([one], [other]) => one - other),
    doc.store.pendingStructs === null,
  ];
}

const read = (update: Uint8Array): { update: Uint8Array; decoded: ReturnType<typeof Y.decodeUpdate> } => ({
  update,
  decoded: Y.decodeUpdate(update),
});

describe('joining updates', () => {
  test(`means what merging them by Yjs means, whatever their order and gaps [seed ${SEED}]`, () => {
    const scenario = fc.record({
      acts: fc.array(act, { minLength: 2, maxLength: 25 }),
      order: fc.infiniteStream(fc.nat(1000)),
      left: fc.nat(4),
      again: fc.boolean(),
    });
    fc.assert(
      fc.property(scenario, ({ acts, order, left, again }) => {
        const made = updatesOf(acts);
        const some = made.slice(left > made.length - 1 ? 0 : left);
        if (again) some.push(...some.slice(0, 2));
        const keys = some.map(() => order.next().value);
        const mixed = some
          .map((update, index) => ({ update, key: keys[index] ?? 0 }))
          .toSorted((one, other) => one.key - other.key)
          .map(({ update }) => read(update));
        if (mixed.length === 0) return;
        const joined = joinUpdates(mixed);
        const merged = Y.mergeUpdates(mixed.map(({ update }) => update));
        expect(shown(joined.update)).toEqual(shown(merged));
        const again2 = Y.decodeUpdate(joined.update);
        expect(
          joined.decoded.structs.map(({ id, length }) => [id.client, id.clock, length]).toSorted(),
        ).toEqual(again2.structs.map(({ id, length }) => [id.client, id.clock, length]).toSorted());
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
