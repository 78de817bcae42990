import { describe, expect, test } from 'vitest';
import { colourOf } from './person-colour.ts';
import { isSafeAddress } from './safe-address.ts';

describe('links in shared text', () => {
  test('lead to web pages and mail only', () => {
    expect(['http://a.example', 'https://a.example/x', 'mailto:a@example.org'].every(isSafeAddress)).toBe(
      true,
    );
    const unsafe = [
      'javascript:alert(1)',
      'data:text/html,x',
      'JAVASCRIPT:x',
      ' vbscript:x',
      'file:///etc',
      '/queue',
      '',
    ];
    expect(unsafe.some(isSafeAddress)).toBe(false);
  });
});

describe('the colour of a caret', () => {
  test('is six hex digits, the same for the same person', () => {
    for (const id of ['a', 'b', '01ARZ3NDEKTSV4RRFFQ69G5FAV']) {
      expect(colourOf(id)).toMatch(/^#[0-9a-f]{6}$/);
      expect(colourOf(id)).toBe(colourOf(id));
    }
  });
});
