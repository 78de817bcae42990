import { expect, it } from 'vitest';
import { withWorkaround } from './into-reply.ts';

it('puts a workaround after what is written, once', () => {
  expect(withWorkaround('', 'Restart it.')).toBe('Restart it.');
  expect(withWorkaround('Dear Rita,\n', 'Restart it.')).toBe('Dear Rita,\n\nRestart it.');
  expect(withWorkaround('Please: Restart it. Thanks', 'Restart it.')).toBe('Please: Restart it. Thanks');
});
