import type { Directory } from '../directory.ts';
import type { Instant } from '../instant.ts';
import { instantAtShare } from './clock.ts';
import { METRICS, THRESHOLD_PERCENTS } from './escalation.ts';
import type { Threshold } from './escalation.ts';
import type { Ticket } from './ticket.ts';

export type DueThreshold = Threshold & { readonly at: Instant };

/**
 * The thresholds of a ticket that its clocks were not heard about yet, soonest first, as its clocks stand: those that
 * are paused or done reach none. Time passes between now and then in opening hours only.
 */
export function thresholdsAhead(ticket: Ticket, directory: Directory): readonly DueThreshold[] {
  const passed = ticket.escalation?.passed ?? [];
  return METRICS.flatMap((metric) =>
    THRESHOLD_PERCENTS.filter(
      (percent) => !passed.some((one) => one.metric === metric && one.percent === percent),
    ).flatMap((percent): readonly DueThreshold[] => {
      const at = instantAtShare(ticket, directory, metric, percent);
      return at === null ? [] : [{ metric, percent, at }];
    }),
  ).toSorted((a, b) => a.at - b.at || a.percent - b.percent);
}
