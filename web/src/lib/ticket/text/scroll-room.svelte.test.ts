import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openBesideColleague } from './test-colleague.ts';
import type { BesideColleague } from './test-colleague.ts';

let opened: BesideColleague;
afterEach(() => opened.close());

test('a text scrolls its caret clear of what lies over the lower edge', async () => {
  opened = await openBesideColleague(Array.from({ length: 20 }, (_, at) => `Line ${at + 1}.`));
  const box = opened.box.element();
  const part = box.closest<HTMLElement>('.live-text');
  if (part === null) throw new Error('the text has no part around it');
  part.style.cssText = 'height: 240px; overflow-y: auto; --covered-below: 90px; padding-bottom: 90px';
  await userEvent.click(opened.box.getByText('Line 1.'));
  const last = opened.box.getByText('Line 20.').element();
  await userEvent.keyboard('{Control>}{End}{/Control}!');
  const edge = () => part.getBoundingClientRect().bottom - 90;
  await expect.poll(() => last.getBoundingClientRect().bottom).toBeLessThanOrEqual(edge());
  expect(last.getBoundingClientRect().top).toBeGreaterThan(part.getBoundingClientRect().top);
});
