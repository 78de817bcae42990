/** How long it took to notice, answer, mitigate and resolve a major incident, and the means of these over time. */
import type { Instant } from '../../shared/instant.ts';
import type { MajorIncident, MajorPhase } from '../../shared/ticket/major.ts';
import type { Ticket } from '../../shared/ticket/ticket.ts';

/** Marks an incident that was made to practise: no measure counts it. */
export const DRILL_TAG = 'drill';

export const MAJOR_METRICS = ['detect', 'acknowledge', 'mitigate', 'resolve'] as const;
export type MajorMetric = (typeof MAJOR_METRICS)[number];

/** In ms; null for what is not reached yet. */
export type MajorTimes = Readonly<Record<MajorMetric, number | null>>;

/** Whether an incident counts: it is or was a major one, and no drill. */
export function isMeasured({ major, tags }: Pick<Ticket, 'major' | 'tags'>): boolean {
  const stands = major?.state === 'accepted' || major?.state === 'closed';
  return stands && !isDrill(tags);
}

/** Whether tags mark an incident that was made to practise. */
export function isDrill(tags: readonly string[]): boolean {
  return tags.some((tag) => tag.trim().toLowerCase() === DRILL_TAG);
}

/** Times of a major incident, from the stamps that it carries. */
export function timesOf(createdAt: Instant, major: MajorIncident): MajorTimes {
  return {
    detect: apart(createdAt, major.since),
    acknowledge: apart(major.since, major.acceptedAt),
    mitigate: apart(createdAt, reachedAt(major, MITIGATED)),
    resolve: apart(createdAt, reachedAt(major, RESOLVED)),
  };
}

const RESOLVED: ReadonlySet<MajorPhase> = new Set(['resolved', 'learning', 'closed']);
const MITIGATED: ReadonlySet<MajorPhase> = new Set([...RESOLVED, 'monitoring']);

/** When it entered such a phase and fell back to none before: what came to nothing was not reached. */
function reachedAt({ phases }: MajorIncident, wanted: ReadonlySet<MajorPhase>): Instant | null {
  let reached: Instant | null = null;
  for (const { phase, at } of phases) reached = wanted.has(phase) ? (reached ?? at) : null;
  return reached;
}

function apart(from: Instant, to: Instant | null): number | null {
  return to === null ? null : Math.max(0, to - from);
}

export interface MeasuredIncident {
  /** When it was proposed or declared: the month that it counts in. */
  readonly declaredAt: Instant;
  readonly times: MajorTimes;
}

export interface MonthOfTimes<Month> {
  readonly month: Month;
  /** Incidents of the month. */
  readonly count: number;
  /** Incidents of the month that reached it, by measure. */
  readonly measured: Readonly<Record<MajorMetric, number>>;
  /** Means, each over the incidents that reached it; null where none did. */
  readonly means: MajorTimes;
}

/** Means by month, oldest first. `monthOf` names the month of an instant, in the zone of whoever reads. */
export function meansByMonth(
  incidents: readonly MeasuredIncident[],
  monthOf: (at: Instant) => string,
): readonly MonthOfTimes<string>[] {
  const months = Map.groupBy(incidents, ({ declaredAt }) => monthOf(declaredAt));
  return [...months]
    .map(([month, among]) => ({
      month,
      count: among.length,
      measured: measuredOf(among),
      means: meansOf(among),
    }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

export function measuredOf(
  incidents: readonly Pick<MeasuredIncident, 'times'>[],
): Readonly<Record<MajorMetric, number>> {
  const reached = (metric: MajorMetric) => incidents.filter(({ times }) => times[metric] !== null).length;
  return {
    detect: reached('detect'),
    acknowledge: reached('acknowledge'),
    mitigate: reached('mitigate'),
    resolve: reached('resolve'),
  };
}

export function meansOf(incidents: readonly Pick<MeasuredIncident, 'times'>[]): MajorTimes {
  const mean = (metric: MajorMetric): number | null => {
    const reached = incidents.flatMap(({ times }) => times[metric] ?? []);
    return reached.length === 0 ? null : reached.reduce((sum, ms) => sum + ms, 0) / reached.length;
  };
  return {
    detect: mean('detect'),
    acknowledge: mean('acknowledge'),
    mitigate: mean('mitigate'),
    resolve: mean('resolve'),
  };
}
