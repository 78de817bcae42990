/** Opening a queue of 20,000 rows: what the first visit fetches, and how soon the next one shows a row. */
import type { Page } from '@playwright/test';
import type { Actor } from '../support/actor.ts';
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';

const ROWS = 20_000;
const VISITS = 7;

await withDesk(ROWS, async ({ actor }) => {
  const agent = await actor('agent@desk.test');
  await agent.page.addInitScript(watchFirstRow);
  const received = countSocketBytes(agent.page);
  const firstVisit = await timeToFirstRow(agent);
  await agent.shell.expectSaved(120_000);
  await agent.expectReadyOffline();
  const initialSync = received.bytes;

  const again: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) again.push(await timeToFirstRow(agent));
  const before = received.bytes;
  await agent.shell.expectSaved(120_000);

  await agent.context.route(/\/api\//, () => undefined);
  await agent.page.routeWebSocket(/\/sync/, () => undefined);
  const cut: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) cut.push(await timeToFirstRow(agent));

  await report('queue-open', [
    { what: `rows on the board`, value: ROWS, unit: 'rows' },
    { what: 'first visit, navigation to first row', value: firstVisit, unit: 'ms' },
    { what: 'first visit, received over the socket', value: initialSync / 1024, unit: 'KB' },
    {
      what: `next visit, navigation to first row, median of ${VISITS}`,
      value: median(again),
      unit: 'ms',
      target: 1000,
    },
    { what: 'next visit, slowest', value: quantile(again, 1), unit: 'ms' },
    {
      what: 'next visit, received over the socket, each',
      value: (before - initialSync) / VISITS / 1024,
      unit: 'KB',
    },
    {
      what: `next visit with a mute server, median of ${VISITS}`,
      value: median(cut),
      unit: 'ms',
      target: 1000,
    },
  ]);
});

/** Runs in the page: notes when a row was first painted, in ms since the navigation. */
function watchFirstRow(): void {
  const look = () => {
    const row = document.querySelector('[data-record]');
    if (row?.checkVisibility({ visibilityProperty: true }) !== true) return requestAnimationFrame(look);
    return requestAnimationFrame(() =>
      document.documentElement.setAttribute('data-first-row', String(performance.now())),
    );
  };
  requestAnimationFrame(look);
}

async function timeToFirstRow({ page }: Actor): Promise<number> {
  await page.goto('/queue', { waitUntil: 'commit' });
  const root = page.locator('html[data-first-row]');
  await root.waitFor({ state: 'attached', timeout: 120_000 });
  return Number(await root.getAttribute('data-first-row'));
}

/** Bytes of frames as the page gets them, before the socket's own compression. */
function countSocketBytes(page: Page): { readonly bytes: number } {
  const count = { bytes: 0 };
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => (count.bytes += payload.length));
  });
  return count;
}
