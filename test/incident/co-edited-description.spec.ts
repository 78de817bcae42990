/** Prose is written together. */
import type { Actor } from '../support/actor.ts';
import { freshId } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

const LINES = ['What happens:', 'Where:', 'Since when:'] as const;
const WORDS = [
  ' the badge reader blinks red and stays shut',
  ' second floor, north wing, both doors',
  ' about nine this morning, after the power dip',
] as const;

test('three people write one description at once, see each other by name, and all hold the same', async ({
  desk,
  agent,
  other,
  lead,
}) => {
  const id = freshId();
  await desk.act('requester@desk.test', 'desk', id, {
    verb: 'create',
    kind: 'setback',
    title: 'A door does not open',
    description: LINES.join('\n'),
    impact: 2,
    urgency: 2,
    requester: desk.account('requester@desk.test').id,
    service: null,
    category: null,
    team: null,
    channel: 'portal',
  });
  const writers: readonly [Actor, Actor, Actor] = [agent, other, lead];
  await Promise.all(writers.map((writer) => writer.record.open({ id })));
  for (const [index, writer] of writers.entries()) {
    await writer.record.description.getByText(LINES[index] ?? '').click();
    await writer.page.keyboard.press('End');
  }

  await test.step('each sees the two others at their carets', async () => {
    for (const writer of writers) {
      for (const name of writers.filter((one) => one !== writer).map((one) => one.name)) {
        await expect(writer.record.description.locator('.live-caret').filter({ hasText: name })).toHaveCount(
          1,
        );
      }
    }
  });

  await test.step('all type at once', () =>
    Promise.all(
      writers.map((writer, index) => writer.page.keyboard.type(WORDS[index] ?? '', { delay: 15 })),
    ));

  const expected = LINES.map((line, index) => `${line}${WORDS[index]}`);
  await test.step('each holds every word, in its place', async () => {
    for (const writer of writers) await expect.poll(() => paragraphs(writer)).toEqual(expected);
    await Promise.all(writers.map((writer) => writer.expectSaved()));
  });

  await test.step('after a reload it is the same', async () => {
    for (const writer of writers) {
      await writer.page.reload();
      await expect.poll(() => paragraphs(writer)).toEqual(expected);
    }
  });
});

/** The paragraphs of the description without others' carets. */
function paragraphs(writer: Actor): Promise<readonly string[]> {
  return writer.record.description.locator('p').evaluateAll((all) =>
    all.map((paragraph) => {
      const copy = paragraph.cloneNode(true) as Element;
      for (const caret of copy.querySelectorAll('.live-caret')) caret.remove();
      return (copy.textContent ?? '').replace(/[\u2060\ufeff]/g, '');
    }),
  );
}
