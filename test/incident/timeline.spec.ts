/** A timeline is written together, whatever happens to the server meanwhile. */
import type { Locator } from '@playwright/test';
import type { Actor } from '../support/actor.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });
interface TimelineItem {
  readonly value: { readonly head: readonly unknown[]; readonly text: string };
}

test('[INC-40] [INC-46] three people write one timeline while the server is killed: nothing is lost, and the replay says the same', async ({
  desk,
  agent,
  other,
  lead,
}) => {
  const id = await desk.openIncident('agent@desk.test', { title: 'Mail is down' });
  const writers: readonly Actor[] = [agent, other, lead];
  for (const writer of writers) {
    writer.watch.expectLoss();
    await writer.record.open({ id });
    await expect(box(writer)).toBeVisible();
  }

  await test.step('each writes entries, and sees those of the others', async () => {
    await Promise.all(writers.map((writer, n) => write(writer, `before ${n}a`, `before ${n}b`)));
    for (const writer of writers) await expect.poll(() => texts(writer)).toHaveLength(6);
  });

  await test.step('only the record scrolls: the page around it holds no empty end', async () => {
    await lead.page.setViewportSize({ width: 1280, height: 480 });
    await box(lead).scrollIntoViewIfNeeded();
    const beyond = () =>
      lead.page
        .locator('main#main')
        .evaluate((main) => [main.scrollHeight - main.clientHeight, document.documentElement.scrollTop]);
    await expect.poll(beyond).toEqual([0, 0]);
    await lead.page.setViewportSize({ width: 1280, height: 720 });
  });

  await test.step('one entry is written in by two, each seen by the other by name', async () => {
    const shared = (writer: Actor) => timeline(writer).locator('article', { hasText: 'before 2b' });
    for (const writer of [agent, other]) {
      await shared(writer).hover();
      await shared(writer).getByRole('button', { name: 'Edit this entry' }).click();
      await expect(writer.page.getByRole('textbox', { name: /^Observation by/ })).toBeFocused();
    }
    await expect(
      timeline(lead)
        .getByText(`${agent.name}, ${other.name} write here`)
        .or(timeline(lead).getByText(`${other.name}, ${agent.name} write here`)),
    ).toBeVisible();
    await agent.page.keyboard.type(' amber', { delay: 10 });
    await expect(timeline(other).getByRole('textbox', { name: /^Observation by/ })).toHaveValue(
      'before 2b amber',
    );
    await other.page.keyboard.press('Control+Home');
    await other.page.keyboard.type('violet ', { delay: 10 });
    for (const writer of [agent, other]) await writer.page.keyboard.press('Enter');
    for (const writer of writers)
      await expect(timeline(writer).getByText('violet before 2b amber')).toBeVisible();
  });

  await test.step('the server is killed; all go on writing, and are told where it is', async () => {
    await desk.killServer();
    for (const writer of writers) {
      await expect(writer.shell.saving).not.toHaveAttribute('data-connection', 'live');
    }
    await Promise.all(writers.map((writer, n) => write(writer, `during ${n}a`, `during ${n}b`)));
    await expect(timeline(agent).getByText(/on this device only/)).toBeVisible();
    await expect.poll(() => texts(agent)).toHaveLength(8);
  });

  await test.step('it is back: all hold the same in one order, each word once', async () => {
    await desk.startServer();
    for (const writer of writers) await writer.expectSaved();
    for (const writer of writers) await expect.poll(() => texts(writer)).toHaveLength(12);
    const told = await texts(agent);
    for (const writer of writers) expect(await texts(writer)).toEqual(told);
    for (const word of ['before 0a', 'violet before 2b amber', 'during 1a', 'during 2b']) {
      expect(told.filter((text) => text === word)).toHaveLength(1);
    }
  });

  await test.step('the server replays what is shown', async () => {
    const session = await desk.session('agent@desk.test');
    const { content } = await session.call<{ content: { timeline: readonly TimelineItem[] } }>(
      'GET',
      `/api/records/${id}/room?at=${Date.now()}`,
    );
    const replayed = content.timeline
      .map(({ value }) => ({ id: String(value.head[1]), at: Number(value.head[2]), text: value.text }))
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    expect(replayed.map(({ text }) => text)).toEqual(await texts(agent));
  });

  await test.step('its screen shows the timeline as it stood', async () => {
    await timeline(agent).getByRole('button', { name: 'The timeline as it stood' }).click();
    const dialog = agent.page.getByRole('dialog', { name: 'The timeline as it stood' });
    await expect(dialog.getByRole('list', { name: 'Entries then' }).getByRole('listitem')).toHaveCount(12);
    await dialog.getByRole('slider', { name: 'Version of the timeline' }).fill('0');
    await expect(dialog.getByText('during 0a')).toBeHidden();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('a requester neither reads it nor finds it', async () => {
    const session = await desk.session('agent@desk.test');
    const path = '/api/search?q=violet';
    await expect.poll(async () => JSON.stringify(await session.call('GET', path))).toContain(id);
    const requester = await desk.session('requester@desk.test');
    expect(JSON.stringify(await requester.call('GET', path))).not.toContain(id);
  });
});

function timeline(writer: Actor): Locator {
  return writer.record.article.getByRole('region', { name: 'Timeline' });
}

function box(writer: Actor): Locator {
  return timeline(writer).getByRole('textbox', { name: 'New timeline entry' });
}

async function write(writer: Actor, ...entries: readonly string[]): Promise<void> {
  await box(writer).focus();
  for (const text of entries) {
    await writer.page.keyboard.type(text, { delay: 5 });
    await writer.page.keyboard.press('Enter');
    await expect(box(writer)).toHaveValue('');
  }
}

/** The words of the entries in the order of the page, without the carets of others. */
function texts(writer: Actor): Promise<readonly string[]> {
  return timeline(writer)
    .locator('[data-entry]')
    .evaluateAll((all) =>
      all.map((entry) => (entry.querySelector('.plain-text, .text')?.textContent ?? '').trim()),
    );
}
