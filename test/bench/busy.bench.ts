/** Whether the page stays free with 20,000 rows: while a filter is typed, and while 500 rows change at once. */
import type { CommandOutcome } from '@muster/domain/shared';
import type { Actor } from '../support/actor.ts';
import type { Desk } from '../support/desk.ts';
import { freshId } from '../support/desk.ts';
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';

const ROWS = 20_000;
const TYPED = 'printer in porto (1';
const CHANGED_ROWS = 500;
/** As many commands as one request takes. */
const COMMANDS_A_REQUEST = 100;

await withDesk(ROWS, async ({ actor, desk }) => {
  const agent = await actor('agent@desk.test');
  await agent.page.goto('/queue');
  await agent.queue.expectRows(120_000);
  await agent.shell.expectSaved(120_000);
  const keys = await typeFilter(agent);
  await agent.queue.filter.fill('');
  const tasks = await longTasksDuring(agent, () => changeRows(desk));
  await report('busy', [
    { what: `key in the filter to painted rows, median of ${keys.length}`, value: median(keys), unit: 'ms' },
    { what: 'key in the filter to painted rows, slowest', value: quantile(keys, 1), unit: 'ms' },
    { what: `longest task while ${CHANGED_ROWS} rows change`, value: Math.max(0, ...tasks), unit: 'ms' },
    {
      what: 'all tasks over 50 ms meanwhile',
      value: tasks.reduce((sum, task) => sum + task, 0),
      unit: 'ms',
    },
  ]);
});

/** How long each key took until the rows that fit were painted. */
async function typeFilter({ page, queue }: Actor): Promise<number[]> {
  const watched = await page.evaluateHandle(() => {
    const times: number[] = [];
    const oninput = () => {
      const from = performance.now();
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from)));
    };
    addEventListener('input', oninput, { capture: true });
    return times;
  });
  await queue.filter.fill('');
  await queue.filter.pressSequentially(TYPED, { delay: 120 });
  await page.waitForFunction(([times, count]) => times.length >= count, [watched, TYPED.length] as const);
  return (await watched.jsonValue()).slice(-TYPED.length);
}

/** Durations of the tasks over 50 ms that the page ran while `work` did its own and came through. */
async function longTasksDuring({ page }: Actor, work: () => Promise<void>): Promise<number[]> {
  const watched = await page.evaluateHandle(() => {
    const tasks: number[] = [];
    const watch = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((each) => each.duration)),
    );
    watch.observe({ type: 'longtask' });
    return tasks;
  });
  await work();
  await page.locator('[data-record]', { hasText: ', again' }).first().waitFor();
  // what was broadcast last has had its frames
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  return watched.jsonValue();
}

/** Gives the first rows of the queue another title. */
async function changeRows(desk: Desk): Promise<void> {
  const lead = await desk.session('lead@desk.test');
  // the most urgent and oldest stand first in the queue
  const urgent = desk.records.filter(({ priority }) => priority === 1);
  const commands = urgent.slice(-CHANGED_ROWS).map(({ id, process, title }) => ({
    id: freshId(),
    type: `${process}.edit`,
    target: id,
    args: { fields: { title: `${title}, again` } },
    basis: 0,
    clientAt: Date.now(),
  }));
  for (let from = 0; from < commands.length; from += COMMANDS_A_REQUEST) {
    const batch = commands.slice(from, from + COMMANDS_A_REQUEST);
    const outcomes = await lead.call<CommandOutcome[]>('POST', '/api/commands', batch);
    const other = outcomes.find(({ outcome }) => outcome !== 'applied');
    if (other !== undefined) throw new Error(`a change was not applied: ${JSON.stringify(other)}`);
  }
}
