import { describe, expect, it } from 'vitest';
import { excerptOf, matchExpression, wordsOf } from './words.ts';

describe('words', () => {
  it('keeps letters and digits only, so that no operator of the index gets through', () => {
    expect(wordsOf(`"mail" OR title:x* NEAR(a, b) -é-`)).toEqual([
      'mail',
      'OR',
      'title',
      'x',
      'NEAR',
      'a',
      'b',
      'é',
    ]);
    expect(matchExpression(['mail', 'x'], null)).toBe('"mail"* AND "x"*');
    expect(matchExpression(['mail'], ['title', 'notes'])).toBe('{title notes} : ("mail"*)');
  });
});

describe('excerpts', () => {
  it('cuts plain text around the first word found, without case and accents', () => {
    const text = `${'before '.repeat(30)}the Café burns ${'after '.repeat(60)}`;
    const excerpt = excerptOf(['nothing here', text], ['cafe']);
    expect(excerpt).toMatch(/^… before .*the Café burns after .* …$/);
    expect(excerpt.length).toBeLessThan(200);
  });

  it('shows the beginning when the word is elsewhere', () => {
    expect(excerptOf(['', ' some\n text '], ['missing'])).toBe('some text');
    expect(excerptOf([], ['missing'])).toBe('');
  });
});
