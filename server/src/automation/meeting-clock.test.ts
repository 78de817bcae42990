import { afterAll, beforeAll, expect, it } from 'vitest';
import { derivedCommandId } from '../commands/derived-id.ts';
import { openLog } from '../log.ts';
import { DAY, HOUR, TestBoard, weeklyFrom } from '../routes/test-meetings.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startMeetingClock } from './meeting-clock.ts';
import type { Clock } from './clock.ts';

let server: TestServer;
let lead: TestSession;
let clock: Clock;
beforeAll(async () => {
  server = await startTestServer();
  lead = await server.signIn('lead@desk.test');
  clock = startMeetingClock(server.store, openLog('silent'));
});
afterAll(async () => {
  clock.stop();
  await server.stop();
});

/** To the minute, as wall clocks go. */
const minute = (at: number) => at - (at % 60_000);

it('[CHG-102] the next date of a board is planned once, and not again when it was called off', async () => {
  const now = minute(Date.now());
  const board = await new TestBoard(server, lead).make({ when: weeklyFrom(now + DAY) });
  await clock.tick(now);
  await clock.tick(now);
  const [meeting] = await board.meetings();
  expect(await board.meetings()).toMatchObject([
    { state: 'planned', beginsAt: now + DAY, endsAt: now + DAY + HOUR, adHoc: false, plannedBy: 'system' },
  ]);
  if (meeting === undefined) throw new Error('nothing was planned');
  for (const who of ['lead', 'agent', 'other'])
    expect(
      await server.store.reader
        .selectFrom('inbox_item')
        .select('kind')
        .where('record', '=', meeting.id)
        .where('person', '=', server.account(`${who}@desk.test`).id)
        .execute(),
    ).toEqual([{ kind: 'board-item' }]);
  await board.act(lead, meeting.id, 'call-off', { reason: 'Holidays' });
  await clock.tick(now);
  expect((await board.meetings()).map(({ state }) => state)).toEqual(['called_off']);
  const fields = { name: 'Board' };
  const edited = await lead.run('change-board.edit', board.id, { fields }, await board.version());
  expect(edited).toMatchObject({ outcome: 'applied' });
  await clock.tick(now);
  expect((await board.meetings()).map(({ state }) => state)).toEqual(['called_off']);
  // a week later the one after it is planned
  await clock.tick(now + DAY + HOUR);
  expect((await board.meetings()).map(({ state }) => state)).toEqual(['called_off', 'planned']);
});

it('[CHG-102] a date that somebody planned is not planned beside it, and one of a board that moves is called off', async () => {
  const now = minute(Date.now());
  const board = await new TestBoard(server, lead).make({ when: weeklyFrom(now + 2 * DAY) });
  const own = await board.planned(now + 2 * DAY);
  await clock.tick(now);
  expect((await board.meetings()).map(({ id }) => id)).toEqual([own]);
  await clock.tick(now + 2 * DAY);
  expect((await board.meetings()).map(({ beginsAt }) => beginsAt)).toEqual([now + 2 * DAY, now + 9 * DAY]);
  const when = weeklyFrom(now + 3 * DAY);
  await lead.run('change-board.edit', board.id, { fields: { when } }, await board.version());
  expect((await board.meetings()).map(({ state }) => state)).toEqual(['planned', 'called_off']);
  await clock.tick(now);
  await lead.run('change-board.retire', board.id, {}, await board.version());
  expect((await board.meetings()).map(({ state, beginsAt }) => [state, beginsAt])).toEqual([
    ['planned', now + 2 * DAY],
    ['called_off', now + 3 * DAY],
    ['called_off', now + 9 * DAY],
  ]);
  expect((await server.store.verify()).findings).toEqual([]);
});

it('[CHG-103] a meeting that nobody opened is called off a day after its end', async () => {
  const now = Date.now();
  const board = await new TestBoard(server, lead).make({ when: { ...weeklyFrom(now), repeats: null } });
  const id = await board.planned(now - DAY + HOUR);
  const fresh = await board.planned(now);
  await clock.tick(now + 3 * HOUR);
  expect(await board.meeting(id)).toMatchObject({ state: 'called_off', reason: 'Nobody opened it.' });
  expect(await board.meeting(fresh)).toMatchObject({ state: 'planned' });
});

it('[CHG-102] a board that meets at a date again after all has it planned anew', async () => {
  const now = minute(Date.now());
  const board = await new TestBoard(server, lead).make({ when: weeklyFrom(now + DAY) });
  const edit = async (verb: string, args: object = {}) =>
    expect(await lead.run(`change-board.${verb}`, board.id, args, await board.version())).toMatchObject({
      outcome: 'applied',
    });
  const planned = async () => (await board.meetings()).filter(({ state }) => state === 'planned');
  await clock.tick(now);
  await edit('retire');
  await edit('revive');
  expect(await planned()).toEqual([]);
  await clock.tick(now);
  await clock.tick(now);
  expect(await planned()).toMatchObject([{ beginsAt: now + DAY }]);
  await edit('edit', { fields: { when: weeklyFrom(now + 2 * DAY) } });
  await edit('edit', { fields: { when: weeklyFrom(now + DAY) } });
  await clock.tick(now);
  expect(await planned()).toMatchObject([{ beginsAt: now + DAY }]);
});

it('[CHG-102] nobody keeps the product from planning a date by using the id of its command, or of its meeting', async () => {
  const now = minute(Date.now());
  const at = now + DAY;
  const board = await new TestBoard(server, lead).make({ when: weeklyFrom(at) });
  const other = await server.signIn('other@desk.test');
  const id = derivedCommandId(`clock:plan:${board.id}:1:${at}`, at);
  const target = derivedCommandId(`meeting:${board.id}:1:${at}`, at);
  const args = {
    ...{ kind: 'incident', title: 'In the way', description: 'It has the id.', impact: 2, urgency: 2 },
    ...{ requester: other.person, service: null, category: null, team: null, channel: 'desk' },
  };
  const command = { id, type: 'incident.create', target, args, basis: 0, clientAt: now };
  const answer = await other.call('POST', '/api/commands', [command]);
  expect(await answer.json()).toMatchObject([{ outcome: 'applied' }]);
  await clock.tick(now);
  await clock.tick(now);
  expect(await board.meetings()).toMatchObject([{ beginsAt: at, plannedBy: 'system' }]);
});

it('[CHG-103] a meeting that nobody closed is closed a day after its end, and the next takes over what it left', async () => {
  const now = Date.now();
  const board = await new TestBoard(server, lead).make({ when: { ...weeklyFrom(now), repeats: null } });
  const id = await board.planned(now - HOUR);
  await board.act(lead, id, 'open');
  const next = await board.planned(now + HOUR);
  expect(await board.act(lead, next, 'open')).toMatchObject({
    refusal: { code: 'change/board-meets', meeting: id, chair: lead.person },
  });
  await clock.tick(now + DAY - HOUR);
  expect(await board.meeting(id)).toMatchObject({ state: 'live' });
  await clock.tick(now + DAY + 5 * 60_000);
  expect(await board.meeting(id)).toMatchObject({ state: 'closed', current: null });
  expect(await board.act(lead, next, 'open')).toMatchObject({ outcome: 'applied' });
  expect((await server.store.verify()).findings).toEqual([]);
});
