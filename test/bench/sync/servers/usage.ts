/** What a server process says about itself. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Usage {
  /** Clock of the process that was asked, in ms. */
  readonly at: number;
  /** CPU of all threads, user and system, since the start, in ms. */
  readonly cpuMs: number;
  /** The same of the main thread alone. */
  readonly mainCpuMs: number;
}

/** Bytes, after a collection. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** Buffers outside of the heap. */
  readonly external: number;
}

/** How long the event loop's turns kept others waiting, in ms. */
export interface Stalls {
  readonly longestMs: number;
  readonly p99Ms: number;
}

const DELAY_RESOLUTION_MS = 1;

const inMs = ({ user, system }: { readonly user: number; readonly system: number }): number =>
  (user + system) / 1_000;

export function readUsage(): Usage {
  return {
    at: performance.now(),
    cpuMs: inMs(process.cpuUsage()),
    mainCpuMs: inMs(process.threadCpuUsage()),
  };
}

/** Needs `--expose-gc`. */
export function readMemory(): Memory {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed, external };
}

const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });

export function watchStalls(): void {
  delay.enable();
  delay.reset();
}

export function readStalls(): Stalls {
  delay.disable();
  return { longestMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 };
}
