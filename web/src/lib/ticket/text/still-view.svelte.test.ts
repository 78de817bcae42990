import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { openBesideColleague, paragraphOf } from './test-colleague.ts';
import type { BesideColleague } from './test-colleague.ts';

let opened: BesideColleague;
afterEach(() => opened.close());

/** A text of 40 lines in a low part that scrolls, one of them clicked into. */
async function openAt(line: number) {
  opened = await openBesideColleague(Array.from({ length: 40 }, (_, at) => `Line ${at + 1}.`));
  const part = opened.box.element().closest<HTMLElement>('.live-text');
  if (part === null) throw new Error('the text has no part around it');
  part.style.cssText = 'height: 240px; overflow-y: auto';
  const own = opened.box.getByText(`Line ${line}.`, { exact: true });
  own.element().scrollIntoView({ block: 'center' });
  await userEvent.click(own);
  return { part, fragment: opened.fragment, top: () => own.element().getBoundingClientRect().top };
}

const frame = () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));

describe('the line that somebody writes in', () => {
  test('stands still when a colleague writes lines above it', async () => {
    const { fragment, top } = await openAt(20);
    const before = top();
    for (const words of ['One.', 'Two.', 'Three.']) {
      fragment.insert(2, [paragraphOf(words)]);
      await frame();
      expect(top()).toBeCloseTo(before, 0);
    }
  });

  test('stands still when a colleague takes lines away above it', async () => {
    const { fragment, top } = await openAt(20);
    const before = top();
    fragment.delete(2, 5);
    await frame();
    expect(top()).toBeCloseTo(before, 0);
  });

  test('does not bring the view back to itself when its writer reads elsewhere', async () => {
    const { fragment, part } = await openAt(20);
    part.scrollTop = 0;
    await frame();
    fragment.insert(15, [paragraphOf('Between.')]);
    await frame();
    expect(part.scrollTop).toBe(0);
  });
});
