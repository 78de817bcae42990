import { describe, expect, test } from 'vitest';
import { contentHash } from './content-hash.ts';

describe('the hash of what was decided on', () => {
  test('it is the SHA-256 of the JSON', () => {
    // printf '"abc"' | sha256sum
    expect(contentHash('abc')).toBe('6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25');
  });

  test('it is so at every length and for every kind of letter, halves of pairs too', () => {
    let hash = '';
    for (let length = 0; length < 200; length += 1)
      hash = contentHash([hash, 'aé€😀'.slice(0, 1 + (length % 5)).repeat(length)]);
    // the same chain by the hash of Node's crypto
    expect(hash).toBe('decd1251728e23dd55c4dee48fcf2e55496394f99476eb3b29e553d07bf0c46e');
  });
});
