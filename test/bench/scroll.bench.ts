/** Scrolling 20,000 rows from end to end: how long each frame takes. */
import { withDesk } from './desk.ts';
import { median, quantile, report } from './report.ts';

const ROWS = 20_000;
const FRAMES = 600;
/** What a fast wheel or a trackpad gives. */
const PIXELS_A_FRAME = 400;

await withDesk(ROWS, async ({ actor }) => {
  const agent = await actor('agent@desk.test');
  await agent.page.goto('/queue');
  await agent.queue.expectRows(120_000);
  await agent.shell.expectSaved(120_000);
  const steady = await agent.page.evaluate(scrollThrough, { frames: FRAMES, pixels: PIXELS_A_FRAME });
  const jumps = await agent.page.evaluate(scrollThrough, { frames: 120, pixels: 6_000 });
  await report('scroll', [
    { what: `frame while scrolling ${ROWS} rows, median of ${FRAMES}`, value: median(steady), unit: 'ms' },
    { what: 'frame while scrolling, 95th percentile', value: quantile(steady, 0.95), unit: 'ms', target: 50 },
    { what: 'frame while scrolling, slowest', value: quantile(steady, 1), unit: 'ms' },
    { what: 'frame while dragging the bar, 95th percentile', value: quantile(jumps, 0.95), unit: 'ms' },
  ]);
});

/** Runs in the page: scrolls the list a step each frame and answers how long the frames took, in ms. */
function scrollThrough({ frames, pixels }: { frames: number; pixels: number }): Promise<number[]> {
  const row = document.querySelector('[data-record]');
  let scroller = row?.parentElement ?? null;
  while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1)
    scroller = scroller.parentElement;
  const list = scroller;
  if (list === null) throw new Error('nothing scrolls');
  const times: number[] = [];
  return new Promise((resolve) => {
    let last = 0;
    const step = (now: number) => {
      if (last !== 0) times.push(now - last);
      last = now;
      if (times.length === frames) return resolve(times);
      const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - pixels;
      list.scrollTop = isAtEnd ? 0 : list.scrollTop + pixels;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
