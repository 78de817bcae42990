/** How long after a key in one browser the change is painted in another, over loopback. */
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';

const CHANGES = 60;
const RECORDS = 1_500;

await withDesk(RECORDS, async ({ desk, actor }) => {
  const record = desk.record(1);
  const [writer, reader] = await Promise.all([actor('agent@desk.test'), actor('other@desk.test')]);
  await writer.page.addInitScript(() => {
    addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Enter')
          document.documentElement.setAttribute(
            'data-entered',
            String(performance.timeOrigin + performance.now()),
          );
      },
      { capture: true },
    );
  });
  // on a busy machine the first load takes a while
  for (const { page, queue } of [writer, reader]) {
    await page.goto(`/queue?q=${record.number}`);
    await queue.expectRows(120_000);
  }
  await writer.record.open(record);
  await Promise.all([writer.expectSaved(), reader.expectSaved()]);

  const times: number[] = [];
  for (let change = 1; change <= CHANGES; change += 1) {
    const title = `Changed ${change} times`;
    const seen = reader.page.evaluate(seesTitle, { id: record.id, title });
    await writer.record.title.fill(title);
    await writer.record.title.press('Enter');
    const entered = Number(await writer.page.locator('html').getAttribute('data-entered'));
    times.push((await seen) - entered);
  }
  await report('edit-to-peer', [
    {
      what: `title changed here, painted there: median of ${CHANGES}`,
      value: median(times),
      unit: 'ms',
      target: 150,
    },
    { what: '95th percentile', value: quantile(times, 0.95), unit: 'ms' },
    { what: 'fastest', value: quantile(times, 0), unit: 'ms' },
  ]);
});

/** Runs in the page: resolves with the time, in epoch ms, at which the row first shows the title. */
function seesTitle({ id, title }: { id: string; title: string }): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const row = document.querySelector(`[data-record="${id}"]`);
      if (row?.textContent?.includes(title) !== true) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    look();
  });
}
