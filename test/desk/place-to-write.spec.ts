/** The place to write lies over the record, and what is read and written under it stays in sight. */
import type { Desk } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const LINES = Array.from({ length: 60 }, (_, line) => `Line ${line + 1} of what happens.`);

/** An incident with a description of all the lines. */
function longStory(desk: Desk) {
  const fields = { title: 'A long story', description: LINES.join('\n') };
  return desk.openIncident('lead@desk.test', fields);
}

test('an answer is written while the record stands still, and a description above the answer', async ({
  desk,
  agent,
}) => {
  const { page, record } = agent;
  const id = await longStory(desk);
  await record.open({ id });
  const first = record.description.getByText(LINES[0] ?? '', { exact: true });
  const last = record.description.getByText(LINES.at(-1) ?? '');
  const answer = record.article.getByRole('textbox', { name: /^Reply/ });
  const top = async () => (await first.boundingBox())?.y;

  await test.step('keys in the answer do not move what is read', async () => {
    await expect(first).toBeInViewport();
    const before = await top();
    await page.keyboard.press('r');
    await expect(answer).toBeFocused();
    await page.keyboard.type('We look into it.');
    await expect(answer).toHaveValue('We look into it.');
    expect(await top()).toBe(before);
  });

  await test.step('the caret of the description is never behind the answer', async () => {
    await first.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('!');
    await expect(last).toHaveText(`${LINES.at(-1)}!`);
    const lower = async () => {
      const box = await last.boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    const edge = async () => (await answer.boundingBox())?.y ?? 0;
    await expect.poll(async () => (await lower()) < (await edge())).toBe(true);
  });
});

for (const [device, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`on a ${device}, the line that one writes in stands still while a colleague writes above it`, async ({
    desk,
    agent,
    other,
  }) => {
    const id = await longStory(desk);
    await agent.page.setViewportSize(viewport);
    for (const writer of [agent, other]) await writer.record.open({ id });
    const own = agent.record.description.getByText(/^Line 30 /);
    await own.click();
    await agent.page.keyboard.press('End');
    await agent.page.keyboard.type(' Mine');
    await expect(other.record.description).toContainText('what happens. Mine');
    const top = async () => Math.round((await own.boundingBox())?.y ?? 0);
    const before = await top();
    await other.record.description.getByText(LINES[1] ?? '', { exact: true }).click();
    await other.page.keyboard.press('End');
    for (const words of ['One.', 'Two.', 'Three.', 'Four.']) {
      await other.page.keyboard.press('Enter');
      await other.page.keyboard.type(words);
      await expect(agent.record.description).toContainText(words);
      expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
    }
    await agent.page.keyboard.type(' and more');
    await expect(own).toHaveText(/ Mine and more$/);
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  });
}

test('in a low window, a long answer and its key are in sight together, and a description has the height', async ({
  desk,
  agent,
}) => {
  const { page, record } = agent;
  const id = await longStory(desk);
  await page.setViewportSize({ width: 1440, height: 500 });
  await record.open({ id });
  await record.description.getByText(LINES[29] ?? '', { exact: true }).click();
  for (const line of [26, 27, 28, 30, 31])
    await expect(record.description.getByText(LINES[line] ?? '', { exact: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await record.article.getByRole('textbox', { name: /^Reply/ }).fill(LINES.join('\n'));
  await page.keyboard.press('Control+Home');
  await expect(record.article.getByRole('textbox', { name: /^Reply/ })).toBeInViewport({ ratio: 0.9 });
  await expect(record.article.getByRole('button', { name: 'Send reply' })).toBeInViewport({ ratio: 0.9 });
});
