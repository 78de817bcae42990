/** A change dragged over a month of a calendar with 2,000 changes and 200 windows, in a browser: how long until its conflicts are on the page. */
import type { CommandOutcome } from '@muster/domain/shared';
import { freshId } from '../support/desk.ts';
import type { HttpSession } from '../support/session.ts';
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';

const CHANGES = 2_000;
const WINDOWS = 200;
const SERVICES = 60;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of one request. */
const BATCH = 100;
const MOVES = 200;

const now = new Date();
/** The first of this month: the changes stand in it and in the two after it. */
const FROM = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
const DAYS = 90;

interface Sent {
  readonly type: string;
  readonly target: string;
  readonly args: object;
  readonly basis: number;
}

async function send(session: HttpSession, commands: readonly Sent[]): Promise<void> {
  for (let at = 0; at < commands.length; at += BATCH) {
    const batch = commands.slice(at, at + BATCH);
    const clientAt = Date.now();
    const envelopes = batch.map((each) => ({ id: freshId(), clientAt, ...each }));
    const outcomes = await session.call<CommandOutcome[]>('POST', '/api/commands', envelopes);
    const odd = outcomes.find(({ outcome }) => outcome !== 'applied');
    if (odd !== undefined) throw new Error(JSON.stringify(odd));
  }
}

await withDesk(1, async ({ desk, actor }) => {
  const [admin, lead, agent] = await Promise.all(
    ['admin', 'lead', 'agent'].map((who) => desk.session(`${who}@desk.test`)),
  );
  if (admin === undefined || lead === undefined || agent === undefined) throw new Error('nobody is here');
  const services: string[] = [];
  for (let at = 0; at < SERVICES; at += 1) {
    const body = { name: `Service ${at}`, team: null, criticality: 3 };
    services.push((await admin.call<{ id: string }>('POST', '/api/services', body)).id);
  }
  for (let at = 0; at < WINDOWS; at += 1) {
    const day = new Date(FROM + (at % 28) * DAY).toISOString().slice(0, 10);
    const isFreeze = at % 4 === 0;
    const when = {
      zone: at % 3 === 0 ? null : 'UTC',
      begins: `${day}T01:00`,
      ends: `${day}T05:00`,
      repeats: isFreeze ? null : { unit: 'week', every: 1, weekdays: [], until: null },
    };
    const rule = {
      name: `Window ${at}`,
      kind: isFreeze ? 'freeze' : 'maintenance',
      hard: at % 8 === 0,
      when,
      services: [services[at % SERVICES]],
      classes: null,
      models: null,
    };
    await admin.call('PUT', `/api/change/windows/window-${at}`, { basis: 0, rule });
  }
  const template = freshId();
  const fields = {
    name: 'Patch',
    outage: false,
    plans: { implementation: 'as always' },
    tasks: [],
    riskInput: null,
    minutes: 60,
    team: null,
  };
  await send(agent, [{ type: 'change-template.propose', target: template, args: { fields }, basis: 0 }]);
  await send(admin, [{ type: 'change-template.approve', target: template, args: { revision: 1 }, basis: 1 }]);
  const changes = Array.from({ length: CHANGES }, (_, at) => {
    const begins = FROM + ((at * 7_919) % (DAYS * 24)) * HOUR;
    const items = [services[at % SERVICES], services[(at * 7 + 1) % SERVICES]];
    const window = { begins, ends: begins + (1 + (at % 4)) * HOUR };
    return { target: freshId(), fields: { title: `Patch ${at}`, items, ...window } };
  });
  await send(
    agent,
    changes.map(({ target, fields: set }) => ({
      type: 'change.create',
      target,
      args: { model: 'standard', template, fields: set },
      basis: 0,
    })),
  );
  await send(
    agent,
    changes.map(({ target }) => ({ type: 'change.step', target, args: { to: 'scheduled' }, basis: 1 })),
  );

  const { page } = await actor('agent@desk.test', { viewport: { width: 1440, height: 1000 } });
  const began = performance.now();
  await page.goto('/change/calendar');
  await page.locator('.ec-event.change').first().waitFor({ timeout: 120_000 });
  const opened = performance.now() - began;
  const nodes = await page.locator('.ec-event').count();
  const { told, frames } = await page.evaluate(dragOver, MOVES);
  await report('change-calendar', [
    { what: `from the address to a month of ${CHANGES} changes`, value: opened, unit: 'ms' },
    { what: 'boxes on the page', value: nodes, unit: 'rows' },
    { what: `conflicts on the page after a move, median of ${told.length}`, value: median(told), unit: 'ms' },
    {
      what: 'conflicts on the page after a move, 95th percentile',
      value: quantile(told, 0.95),
      unit: 'ms',
      target: 100,
    },
    { what: 'frame while dragging, median', value: median(frames), unit: 'ms' },
    { what: 'frame while dragging, 95th percentile', value: quantile(frames, 0.95), unit: 'ms', target: 50 },
  ]);
});

/**
 * Runs in the page: takes up a change and moves it from day to day. Answers how long it took, in ms, from each move to
 * the next frame with what it collides with on it, and how long the frames took.
 */
async function dragOver(moves: number): Promise<{ told: number[]; frames: number[] }> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const change = document.querySelector('.ec-event.change');
  const body = document.querySelector('.ec-body');
  if (change === null || body === null) throw new Error('there is no change on the page');
  change.scrollIntoView({ block: 'center' });
  await frame();
  const from = change.getBoundingClientRect();
  const box = body.getBoundingClientRect();
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  const at = (clientX: number, clientY: number) => ({
    bubbles: true,
    isPrimary: true,
    pointerType: 'mouse',
    buttons: 1,
    clientX,
    clientY,
  });
  change.dispatchEvent(new PointerEvent('pointerdown', at(x, y)));
  const told: number[] = [];
  const frames: number[] = [];
  let last = await frame();
  for (let move = 1; move <= moves; move += 1) {
    // from column to column, and from week to week with every seventh
    const column = (move % 7) + 0.5;
    const down = Math.min(window.innerHeight - 40, Math.max(140, y + ((Math.floor(move / 7) % 3) - 1) * 110));
    const began = performance.now();
    window.dispatchEvent(new PointerEvent('pointermove', at(box.x + (box.width / 7) * column, down)));
    const next = await frame();
    if (document.querySelector('[aria-label="Chosen change"] [role="status"]') === null && move > 7)
      throw new Error('what is held is not told of');
    told.push(performance.now() - began);
    frames.push(next - last);
    last = next;
  }
  window.dispatchEvent(new PointerEvent('pointercancel', at(x, y)));
  return { told, frames };
}
