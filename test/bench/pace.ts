/** How free a page stayed, as benches tell it. */
import { quantile, median } from './report.ts';
import type { Measurement } from './report.ts';
import type { Pace } from './room/in-page.ts';

/** Above this a person feels that the page stalled. */
const MOST_FRAME_MS = 50;

export function paceOf(who: string, { frames, tasks }: Pace = { frames: [], tasks: [] }): Measurement[] {
  return [
    { what: `frame of ${who}, median of ${frames.length}`, value: median(frames), unit: 'ms' },
    {
      what: `frame of ${who}, 99 of 100 below`,
      value: quantile(frames, 0.99),
      unit: 'ms',
      target: MOST_FRAME_MS,
    },
    { what: `frame of ${who}, longest`, value: quantile(frames, 1), unit: 'ms' },
    { what: `longest task of ${who}`, value: Math.max(0, ...tasks), unit: 'ms', target: MOST_FRAME_MS },
    { what: `tasks over 50 ms of ${who}`, value: tasks.length, unit: 'rows' },
  ];
}
