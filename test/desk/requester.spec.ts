/** From the request to the answer and back, for both sides. */
import { recordId } from '@muster/domain/shared';
import { TEST_PEOPLE } from '@muster/server/testing/people';
import type { TestPerson } from '@muster/server/testing/people';
import { expect, test } from '../support/test.ts';

const STRANGER: TestPerson = { email: 'stranger@desk.test', name: 'Stefan Stranger', roles: ['requester'] };

test.use({ deskOptions: { records: 4, people: [...TEST_PEOPLE, STRANGER] } });

test('a requester asks, sees only their own, and is answered; their reply ends the waiting', async ({
  desk,
  requester,
  agent,
}) => {
  const title = 'A chair that does not roll away';
  const id = await test.step('the requester asks', async () => {
    await requester.home.ask(title, 'The brakes are worn; it is the grey one at the window.');
    await requester.expectSaved();
    await requester.home.open();
    await expect(requester.home.request(title)).toContainText(/REQ-\d{4}-\d{5}/);
    return recordId(new URL(await requester.home.addressOf(title)).pathname.split('/').at(-1) ?? '');
  });

  await test.step('another requester sees nothing of it', async () => {
    const stranger = await desk.session('stranger@desk.test');
    const { records } = await stranger.call<{ records: readonly unknown[] }>('GET', '/api/records');
    expect(records).toEqual([]);
    await expect(stranger.call('GET', `/api/records/${id}`)).rejects.toThrow('answered 404');
  });

  await test.step('the agent takes it on, asks back and waits', async () => {
    await agent.record.open({ id });
    await agent.record.claim();
    await agent.record.reply('Which floor is it on?');
    await agent.expectSaved();
  });

  await test.step('the requester reads the question and answers', async () => {
    await requester.home.request(title).click();
    await expect(requester.record.said('Public reply', 'Which floor is it on?')).toBeVisible();
    await requester.record.sendReply('The fourth, beside the printer.');
    await requester.expectSaved();
    await expect(agent.record.said('Public reply', 'The fourth, beside the printer.')).toBeVisible();
  });
});

test('a reply of the caller ends a hold that waits for the caller', async ({ desk, requester, agent }) => {
  const record = desk.record(1);
  await desk.act('agent@desk.test', record.process, record.id, { verb: 'claim' });
  await desk.act('agent@desk.test', record.process, record.id, { verb: 'transition', to: 'in_progress' });
  await desk.act('agent@desk.test', record.process, record.id, {
    verb: 'transition',
    to: 'on_hold',
    holdReason: 'caller',
    reason: 'Waiting for the serial number.',
  });
  await agent.queue.open();
  await expect(agent.queue.row(record)).toHaveAccessibleName(/On hold/);
  await requester.record.open(record);
  await requester.record.sendReply('It is 4711-A.');
  await expect(agent.queue.row(record)).toHaveAccessibleName(/In progress/);
});

test('internal notes never reach the requester', async ({ desk, requester, agent }) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.record.note('Sounds like the old dock again.');
  await agent.record.reply('We are looking into it.');
  await agent.expectSaved();
  await requester.record.open(record);
  await expect(requester.record.said('Public reply', 'We are looking into it.')).toBeVisible();
  await expect(requester.page.getByText('Sounds like the old dock again.')).toBeHidden();
  const session = await desk.session('requester@desk.test');
  const { events } = await session.call<{ events: readonly { event: { type: string } }[] }>(
    'GET',
    `/api/records/${record.id}`,
  );
  expect(events.map(({ event }) => event.type)).not.toContain('commented');
});
