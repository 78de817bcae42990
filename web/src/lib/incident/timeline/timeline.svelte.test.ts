import { addEntry, addTask, readTasks, readTimeline, sharedText, writtenList } from '@muster/documents';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { makeRow } from '#lib/ticket/test-support/tickets.ts';
import TimelineStage from '../test-support/TimelineStage.svelte';

const ulid = (n: number) => `01HZZZZZZZZZZZZZZZZZZZ${String(n).padStart(4, '0')}`;

async function openTimeline(entries: readonly string[] = []) {
  const row = makeRow(0, {
    title: 'Mail is down',
    process: 'incident',
    kind: 'incident',
    state: 'in_progress',
  });
  const muster = new FixtureMuster({ rows: [row] });
  const room = muster.roomOf(row.id);
  const [, other] = muster.directory.current.people.values();
  if (!other) throw new Error('nobody else');
  const by = { by: other.id, kind: 'observation', source: null } as const;
  entries.forEach((text, n) => {
    const at = row.createdAt + n * 60_000;
    addEntry(room, { id: ulid(n), at, writtenAt: at, text, ...by });
  });
  const screen = await render(TimelineStage, { muster, id: row.id });
  const panel = screen.getByRole('region', { name: 'Timeline' });
  await expect.element(panel).toBeVisible();
  return { muster, room, panel, row, other, by };
}

beforeEach(() => page.viewport(1300, 900));
afterEach(() => localStorage.clear());

describe('the timeline of an incident', () => {
  test('w writes, Alt and a digit choose the kind, Enter adds it, Shift+Enter begins a line', async () => {
    const { muster, room, panel, row } = await openTimeline();
    await userEvent.keyboard('w');
    const box = panel.getByRole('textbox', { name: 'New timeline entry' });
    await expect.element(box).toHaveFocus();
    await userEvent.keyboard('Failed over{Shift>}{Enter}{/Shift}to site B{Alt>}3{/Alt}');
    expect(muster.drafts.get(`timeline:${row.id}`).text).toBe('Failed over\nto site B');
    await userEvent.keyboard('{Enter}');
    await expect.element(panel.getByRole('article', { name: /^Decision by/ })).toBeVisible();
    expect(readTimeline(room).entries).toMatchObject([{ kind: 'decision', text: 'Failed over\nto site B' }]);
    await expect.element(box).toHaveValue('');
    expect(muster.drafts.all).toEqual([]);
  });

  test('[INC-42] an entry is edited in place while somebody else writes in it, and undo takes back only mine', async () => {
    const { room, panel } = await openTimeline(['disk is full']);
    await panel.getByRole('button', { name: 'Edit this entry' }).click();
    const box = panel.getByRole('textbox', { name: /^Observation by/ });
    await expect.element(box).toHaveFocus();
    await userEvent.keyboard(' again');
    const shared = sharedText(writtenList(room, 'timeline').get(0));
    shared?.insert(0, 'At nine ');
    await expect.element(box).toHaveValue('At nine disk is full again');
    await userEvent.keyboard('!');
    expect(shared?.toJSON()).toBe('At nine disk is full again!');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(box).toHaveValue('At nine disk is full');
    await userEvent.keyboard('{Enter}');
    await expect.element(box).not.toBeInTheDocument();
    await expect.element(panel.getByText('At nine disk is full')).toBeVisible();
  });

  test('[INC-144] what somebody writes in keeps its focus and stays in sight while others add entries above it', async () => {
    const { room, panel, row, by } = await openTimeline(Array.from({ length: 60 }, (_, n) => `entry ${n}`));
    const last = panel.getByRole('article').filter({ hasText: 'entry 59' });
    await last.getByRole('button', { name: 'Edit this entry' }).click();
    const box = panel.getByRole('textbox', { name: /^Observation by/ });
    await expect.element(box).toHaveFocus();
    room.transact(() => {
      for (let n = 0; n < 30; n += 1) {
        const at = row.createdAt + 58.5 * 60_000 + n;
        addEntry(room, { id: ulid(100 + n), at, writtenAt: at, text: `meanwhile ${n}`, ...by });
      }
    });
    await expect.element(panel.getByRole('list', { name: /^Timeline, 9\d lines$/ })).toBeVisible();
    // frames in which a line that was not measured could be hidden
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await userEvent.keyboard('!');
    await expect.element(box).toHaveValue('entry 59!');
    await expect.element(box).toHaveFocus();
    await expect.element(box).toBeInViewport();
  });

  test('[INC-44] hiding folds with a count; what is hidden can be looked at and shown again', async () => {
    const { room, panel } = await openTimeline(['first', 'second']);
    await panel.getByRole('button', { name: 'Hide this entry' }).first().click();
    await expect.element(panel.getByText('first')).not.toBeInTheDocument();
    await panel.getByRole('button', { name: '1 hidden' }).click();
    await expect.element(panel.getByText('first')).toBeVisible();
    await panel.getByRole('button', { name: 'Show this entry again' }).click();
    expect(readTimeline(room).entries.map(({ hidden }) => hidden)).toEqual([false, false]);
  });

  test('[INC-50] an event is pinned by key and keeps its own time', async () => {
    const { muster, room, panel, row } = await openTimeline();
    muster.commands.run('incident', row.id, { verb: 'comment', text: 'rebooting now', draft: 'x' });
    const [event] = muster.openHistory(row.id).events;
    muster.passTime(600_000);
    await panel.getByRole('button', { name: 'Pin this to the timeline' }).click();
    const pin = panel.getByRole('article', { name: /^Pin by/ });
    await expect.poll(() => pin.element().textContent).toContain('rebooting now');
    expect(readTimeline(room).entries).toMatchObject([{ kind: 'pin', at: event?.at }]);
  });

  test('arrow keys move between lines, Enter edits, Delete hides', async () => {
    const { room, panel } = await openTimeline(['first', 'second']);
    const list = panel.getByRole('list', { name: /^Timeline, 2 lines/ });
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await expect.element(panel.getByRole('textbox', { name: /^Observation by/ })).toHaveValue('second');
    await userEvent.keyboard('{Escape}');
    await expect.element(list).toHaveFocus();
    await userEvent.keyboard('{Delete}');
    expect(readTimeline(room).entries.map(({ hidden }) => hidden)).toEqual([false, true]);
  });

  test('while somebody types in one entry, the list is not made anew', async () => {
    const { room, panel } = await openTimeline(Array.from({ length: 2000 }, (_, n) => `entry ${n}`));
    await expect.element(panel.getByText('entry 1999')).toBeVisible();
    const rows = panel.element().querySelectorAll('[role="listitem"]');
    expect(rows.length).toBeLessThan(60);
    sharedText(writtenList(room, 'timeline').get(1999))?.insert(0, 'live ');
    await expect.element(panel.getByText('live entry 1999')).toBeVisible();
    expect(panel.element().querySelectorAll('[role="listitem"]')[0]).toBe(rows[0]);
  });
});

describe('the tasks of an incident', () => {
  test('[INC-47] a task is added, owned, ticked with evidence, all by key', async () => {
    const { muster, room, panel } = await openTimeline();
    await userEvent.keyboard('o');
    await userEvent.keyboard('Call the vendor{Enter}');
    const owner = panel.getByRole('combobox', { name: 'Owner of Call the vendor' });
    await userEvent.selectOptions(owner, muster.me.person.id);
    const tick = panel.getByRole('checkbox', { name: 'Call the vendor, done' });
    (tick.element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await expect.element(panel.getByRole('textbox', { name: /^What shows that it is done/ })).toHaveFocus();
    await userEvent.keyboard('case 4711{Enter}');
    await expect.element(panel.getByText('Shown by: case 4711')).toBeVisible();
    expect(readTasks(room).tasks).toMatchObject([
      { text: 'Call the vendor', owner: muster.me.person.id, done: true, evidence: 'case 4711' },
    ]);
  });

  test('a task that is late says so in words', async () => {
    const { muster, room, panel, other } = await openTimeline();
    addTask(room, { id: ulid(1), writtenAt: 1, by: other.id, text: 'Call the vendor' });
    await expect.element(panel.getByText('Call the vendor')).toBeVisible();
    const timeline = muster.openTimeline(muster.tickets.ids[0] as never);
    timeline.changeTask(ulid(1), { dueAt: muster.now - 3 * 3_600_000 });
    timeline.close();
    await expect.element(panel.getByText('Overdue by 3 h')).toBeVisible();
  });
});
