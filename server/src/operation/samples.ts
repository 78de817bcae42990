/** The last quarter of an hour as a row of samples, for the page that shows the server live. Kept in memory only. */
import type { HostStatus } from '@muster/sync/server';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { GroupReport } from '../store/store.ts';

export const SAMPLE_EVERY_MS = 2_000;
const KEPT = 450;
/** How finely delays of the event loop are told, in ms; a still loop reads as this much. */
const LOOP_RESOLUTION_MS = 10;

export interface Sample {
  /** The end of the span that it tells of. */
  readonly at: number;
  /** Document updates committed a second. */
  readonly updates: number;
  /** Updates and commands that one commit carried, at the most. */
  readonly largestGroup: number;
  /** Commits in ms; null when there was none. */
  readonly commitMedian: number | null;
  readonly commitSlowest: number | null;
  /** Jobs waiting for the writer, at the most. */
  readonly waiting: number;
  readonly sockets: number;
  readonly openDocuments: number;
  /** How late the event loop was, in ms, at the most. */
  readonly lag: number;
  readonly memoryBytes: number;
}

export interface Sampled {
  sockets(): number;
  host(): HostStatus;
}

export class Samples {
  readonly #sampled: Sampled;
  readonly #loop: ReturnType<typeof monitorEventLoopDelay>;
  readonly #timer: NodeJS.Timeout;
  readonly #kept: Sample[] = [];
  #commits: number[] = [];
  #updates = 0;
  #largestGroup = 0;
  #waiting = 0;
  #from = performance.now();

  constructor(sampled: Sampled) {
    this.#sampled = sampled;
    this.#loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
    this.#loop.enable();
    this.#timer = setInterval(() => this.take(), SAMPLE_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#loop.disable();
  }

  group({ jobs, waiting, ms, grown }: GroupReport): void {
    this.#commits.push(ms);
    this.#largestGroup = Math.max(this.#largestGroup, jobs);
    this.#waiting = Math.max(this.#waiting, waiting);
    for (const updates of grown.values()) this.#updates += updates;
  }

  /** Samples that ended after an instant, oldest first. */
  after(instant: number): readonly Sample[] {
    return this.#kept.filter(({ at }) => at > instant);
  }

  take(): void {
    const now = performance.now();
    const seconds = Math.max(0.001, (now - this.#from) / 1_000);
    const commits = this.#commits.toSorted((a, b) => a - b);
    this.#kept.push({
      at: Date.now(),
      updates: this.#updates / seconds,
      largestGroup: this.#largestGroup,
      commitMedian: commits[Math.floor(commits.length / 2)] ?? null,
      commitSlowest: commits.at(-1) ?? null,
      waiting: this.#waiting,
      sockets: this.#sampled.sockets(),
      openDocuments: this.#sampled.host().openDocuments,
      // a loop that did nothing at all has no delay to tell
      lag: Math.max(0, (this.#loop.max || 0) / 1e6 - LOOP_RESOLUTION_MS),
      memoryBytes: process.memoryUsage.rss(),
    });
    if (this.#kept.length > KEPT) this.#kept.shift();
    this.#loop.reset();
    this.#commits = [];
    this.#updates = 0;
    this.#largestGroup = 0;
    this.#waiting = 0;
    this.#from = now;
  }
}
