/** A whole shift without a network: everything works, a reload loses nothing, and the morning brings it together. */
import type { Actor } from '../support/actor.ts';
import type { Desk } from '../support/desk.ts';
import type { SeededRecord } from '../support/serve.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 16 } });
test.setTimeout(600_000);

/** Five acts on each of eight records. */
const ACTS = 40;

test('a night offline with 40 acts and a reload in the middle: nothing is lost, and everybody holds the same', async ({
  desk,
  agent,
  other,
}) => {
  const incidents = desk.records.filter(isFreeIncident).slice(0, 8);
  const [evening, morning] = [incidents.slice(0, 4), incidents.slice(4)];
  await Promise.all([agent.queue.open(), other.queue.open()]);
  await agent.expectReadyOffline();
  await openAll(agent, incidents);
  await agent.goOffline();

  for (const record of evening) await workOn(agent, record);
  await agent.expectWaitingActs(ACTS / 2);

  await test.step('the page is reloaded: it starts from this device, with everything in it', async () => {
    await agent.page.reload();
    await expect(agent.shell.saving).toHaveAttribute('data-connection', 'offline');
    await agent.expectWaitingActs(ACTS / 2);
    await agent.queue.open();
    for (const record of evening) {
      await expect(agent.queue.row(record)).toHaveAccessibleName(/owner Arne Agent.*waiting to be saved/);
    }
  });

  for (const record of morning) await workOn(agent, record);
  await agent.expectWaitingActs(ACTS);
  for (const record of incidents) expect((await desk.ticket(record.id)).owner).not.toBe(agent.account.id);

  await test.step('back: all of it reaches the server, in the order it was done', async () => {
    await agent.goOnline();
    await agent.expectSaved();
    for (const record of incidents) await expectWorked(desk, agent, record);
    const seqs = await Promise.all(incidents.map(async ({ id }) => ownEvents(await desk.events(id), agent)));
    const inOrder = seqs.flat().map(({ seq }) => seq);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(inOrder).toHaveLength(ACTS);
  });

  await test.step('both browsers show the same', async () => {
    await Promise.all([agent.queue.open(), other.queue.open()]);
    for (const record of incidents) {
      await expect(agent.queue.row(record)).not.toHaveAccessibleName(/waiting to be saved/);
      await expect(other.queue.row(record)).toHaveAccessibleName(/owner Arne Agent/);
      const told = await facts(agent, record);
      await expect.poll(() => facts(other, record)).toEqual(told);
    }
    await expect(agent.shell.attentionButton).toBeHidden();
  });
});

/** Every fourth record of the seed has an owner. */
function isFreeIncident({ process }: SeededRecord, index: number): boolean {
  return process === 'incident' && index % 4 !== 3;
}

/** Visits each record once, as people do before a night on call; afterwards all of it is on the device. */
async function openAll(agent: Actor, records: readonly SeededRecord[]): Promise<void> {
  for (const record of records) {
    await agent.queue.row(record).click();
    await expect(agent.record.article).toHaveAccessibleName(`${record.number} ${record.title}`);
    await expect(agent.record.history.getByRole('article').first()).toBeVisible();
  }
  await agent.expectSaved();
}

/** Five acts in the queue's pane: claim, start, note, reply, tag. Ends when the page says that they are kept. */
async function workOn(agent: Actor, record: SeededRecord): Promise<void> {
  await agent.queue.row(record).click();
  await expect(agent.record.article).toHaveAccessibleName(`${record.number} ${record.title}`);
  await agent.record.claim();
  await agent.record.step('Start work');
  await agent.record.note(`Checked ${record.number} by phone.`);
  await agent.record.reply(`We are working on ${record.number}.`);
  await agent.record.setTags('night');
  await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
}

async function expectWorked(desk: Desk, agent: Actor, record: SeededRecord): Promise<void> {
  const own = ownEvents(await desk.events(record.id), agent).map(({ type }) => type);
  expect(own).toEqual(['claimed', 'transitioned', 'commented', 'replied', 'edited']);
  const ticket = await desk.ticket(record.id);
  expect(ticket).toMatchObject({ owner: agent.account.id, state: 'in_progress', tags: ['night'] });
}

function ownEvents<Event extends { readonly actor: string; readonly seq: number }>(
  events: readonly Event[],
  { account }: Actor,
): readonly Event[] {
  return events.filter(({ actor }) => actor === account.id).slice(-5);
}

/** What a row says, but for what differs by reader and moment. */
async function facts(actor: Actor, record: SeededRecord): Promise<string> {
  const name = (await actor.queue.row(record).getAttribute('aria-label')) ?? '';
  return name.replace(/^unread, /, '');
}
