import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { packState } from './pack.ts';
import { unpackState } from './unpack.ts';

const SEED = 20_261_123;
const MOST = 10_000_000;

const plain = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, 0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 2 ** 40, -(2 ** 40), 1.5, 2 ** 60),
    fc.integer(),
    fc.double({ noNaN: true }).map((number) => number + 0),
    fc.string({ unit: 'binary' }).filter((text) => !text.includes('\u0001')),
    fc.constantFrom(
      'INC-2026-00042',
      'INC-2026-10042',
      '007',
      '0',
      'a1b22c0333',
      '12345678901234567890',
      '𝄞 9',
    ),
    fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    fc.uint8Array({ maxLength: 8 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('any'), { maxLength: 6 }),
  ),
})).any;

/** What a server does to a board: sets rows anew, takes them off, and appends to a list. */
const act = fc.oneof(
  fc.record({ type: fc.constant('set' as const), key: fc.nat({ max: 20 }), value: plain }),
  fc.record({ type: fc.constant('delete' as const), key: fc.nat({ max: 20 }) }),
  fc.record({ type: fc.constant('push' as const), values: fc.array(plain, { minLength: 1, maxLength: 3 }) }),
);

const history = fc.array(fc.array(act, { maxLength: 8 }), { maxLength: 8 });

function docOf(
  transactions: readonly (readonly (typeof act extends fc.Arbitrary<infer Act> ? Act : never)[])[],
): Y.Doc {
  const doc = new Y.Doc();
  for (const acts of transactions) {
    doc.transact(() => {
      for (const one of acts) {
        if (one.type === 'set') doc.getMap('rows').set(`key ${one.key}`, [one.value]);
        else if (one.type === 'delete') doc.getMap('rows').delete(`key ${one.key}`);
        else doc.getArray('events').push(one.values.map((value) => [value]));
      }
    });
  }
  return doc;
}

describe('packed states', () => {
  test(`come back byte for byte whatever the server wrote (seed ${SEED})`, () => {
    let packs = 0;
    fc.assert(
      fc.property(history, (transactions) => {
        const update = Y.encodeStateAsUpdate(docOf(transactions));
        const packed = packState(update);
        if (packed === null) return;
        packs += 1;
        expect(unpackState(packed, MOST)).toEqual(update);
      }),
      { seed: SEED, numRuns: 600 },
    );
    // what does not pack on purpose (bytes by themselves, the letter that stands for numbers) is rare
    expect(packs).toBeGreaterThan(550);
  });

  test('hold many clients, tombstones and a gap', () => {
    const [one, other] = [new Y.Doc(), new Y.Doc()];
    one.getMap('rows').set('a', [1, 'one']);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    other.getMap('rows').set('a', [1, 'other']);
    const before = Y.encodeStateVector(other);
    other.getMap('rows').set('b', [2]);
    other.getMap('rows').delete('a');
    for (const update of [Y.encodeStateAsUpdate(other), Y.encodeStateAsUpdate(other, before)]) {
      const packed = packState(update);
      expect(packed).not.toBeNull();
      expect(unpackState(packed ?? new Uint8Array(), MOST)).toEqual(update);
    }
  });

  test('are not made of minus zero, whose sign a column would lose', () => {
    const doc = new Y.Doc();
    doc.getMap('rows').set('a', [-0]);
    expect(packState(Y.encodeStateAsUpdate(doc))).toBeNull();
  });

  test('are not made of text that people write together, nor of bytes that are no update', () => {
    const doc = new Y.Doc();
    doc.getText('notes').insert(0, 'together');
    expect(packState(Y.encodeStateAsUpdate(doc))).toBeNull();
    expect(packState(Uint8Array.of(3, 1, 4, 1, 5))).toBeNull();
    expect(packState(new Uint8Array())).toBeNull();
  });

  test('that are damaged throw or give some other bytes, and never more than was allowed', () => {
    const doc = new Y.Doc();
    for (let row = 0; row < 30; row += 1)
      doc.getMap('rows').set(`row ${row}`, [1, row * 1000, `title ${row}`, null]);
    const packed = packState(Y.encodeStateAsUpdate(doc)) ?? new Uint8Array();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(packed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (flips) => {
          const damaged = packed.slice();
          for (const [at, byte] of flips) damaged[at] = byte;
          try {
            expect(unpackState(damaged, 4000).length).toBeLessThanOrEqual(4000);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
      { seed: SEED, numRuns: 3000 },
    );
    expect(() => unpackState(packed, 10)).toThrow('too long');
  });
});
