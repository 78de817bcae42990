import { describe, expect, it } from 'vitest';
import { safeNext, signInFor } from './next.ts';

const at = (path: string) => new URL(path, 'https://desk.example');

describe('the way back after signing in', () => {
  it('returns to the page that was asked for, with its filter', () => {
    const signIn = at(signInFor(at('/queue?q=state%3Aopen')));
    expect(safeNext(signIn)).toBe('/queue?q=state%3Aopen');
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ])('does not follow %s', (next) => {
    expect(safeNext(at(`/sign-in?next=${encodeURIComponent(next)}`))).toBe('/');
  });

  it('does not lead back to itself', () => {
    expect(safeNext(at('/sign-in?next=%2Fsign-in'))).toBe('/');
    expect(signInFor(at('/'))).toBe('/sign-in');
  });
});
