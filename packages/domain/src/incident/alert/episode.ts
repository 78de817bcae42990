import type { Instant } from '../../shared/index.ts';
import type { ReportedAlert } from './report.ts';

/** One time that an alert fired, known by its fingerprint and when it began. An episode that ended never fires again. */
export interface AlertEpisode {
  readonly startsAt: Instant;
  readonly state: 'firing' | 'resolved';
}

export interface EpisodeChange extends AlertEpisode {
  readonly what: 'fired' | 'ended' | 'recorded';
}

/**
 * What a report changes about the episodes of one alert in one group, none for what is known already. Whatever the
 * order and however often reports come, they end with the same episodes: an end stands, and a later beginning ends
 * all earlier ones (INC-61 to INC-64).
 */
export function foldEpisode(
  known: readonly AlertEpisode[],
  { startsAt, status }: Pick<ReportedAlert, 'startsAt' | 'status'>,
  now: Instant,
): readonly EpisodeChange[] {
  if (status === 'acknowledged') return [];
  return startsAt === null ? foldRunning(known, status, now) : foldDated(known, startsAt, status);
}

function foldDated(
  known: readonly AlertEpisode[],
  startsAt: Instant,
  status: 'firing' | 'resolved',
): readonly EpisodeChange[] {
  const same = known.find((episode) => episode.startsAt === startsAt);
  if (same !== undefined) {
    return same.state === 'firing' && status === 'resolved' ? [ended(same)] : [];
  }
  const overtaken = known
    .filter((episode) => episode.startsAt < startsAt && episode.state === 'firing')
    .map(ended);
  const isLate = known.some((episode) => episode.startsAt > startsAt);
  const fires = status === 'firing' && !isLate;
  return [
    ...overtaken,
    { startsAt, state: fires ? 'firing' : 'resolved', what: fires ? 'fired' : 'recorded' },
  ];
}

/** The source names no beginning: a report is about the episode that runs, or begins one. */
function foldRunning(
  known: readonly AlertEpisode[],
  status: 'firing' | 'resolved',
  now: Instant,
): readonly EpisodeChange[] {
  const running = known.find(({ state }) => state === 'firing');
  if (status === 'resolved') return running === undefined ? [] : [ended(running)];
  if (running !== undefined) return [];
  const last = known.reduce((latest, { startsAt }) => Math.max(latest, startsAt), 0);
  return [{ startsAt: Math.max(now, last + 1), state: 'firing', what: 'fired' }];
}

function ended({ startsAt }: AlertEpisode): EpisodeChange {
  return { startsAt, state: 'resolved', what: 'ended' };
}
