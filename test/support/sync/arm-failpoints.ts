/**
 * Arms failpoints in a server process under test. Preloaded into each of its threads (`--import`), so that those of
 * the store heed what the main thread was told. The product itself knows neither the variable nor what is done here.
 */
import { armFailpoints } from '@muster/sync/failpoint';
import type { FailpointName } from '@muster/sync/failpoint';

/** What happens when a place is reached for the `hit`th time in its thread, counted from 1. */
export interface Arming {
  readonly name: FailpointName;
  readonly hit: number;
  /** `kill`: SIGKILL. `throw`: once. `delay`: from then on the thread stands still for `ms` at each. */
  readonly action: 'kill' | 'throw' | 'delay';
  readonly ms?: number;
}

const ARMED_BY = 'MUSTER_TEST_FAILPOINTS';
const NEVER = new Int32Array(new SharedArrayBuffer(4));

/** In this thread, and in those that it starts. */
export function armAllThreads(armings: readonly Arming[]): void {
  process.env[ARMED_BY] = JSON.stringify(armings);
  armThisThread(armings);
}

function armThisThread(armings: readonly Arming[]): void {
  const hits = new Map<FailpointName, number>();
  armFailpoints((name) => {
    const hit = (hits.get(name) ?? 0) + 1;
    hits.set(name, hit);
    for (const arming of armings) if (arming.name === name) act(arming, hit);
  });
}

const told = process.env[ARMED_BY];
if (told !== undefined) armThisThread(JSON.parse(told) as readonly Arming[]);

function act({ name, hit: wanted, action, ms = 0 }: Arming, hit: number): void {
  if (action === 'delay') return hit >= wanted ? stand(ms) : undefined;
  if (hit !== wanted) return;
  if (action === 'throw') throw new Error(`the failpoint ${name}`);
  process.kill(process.pid, 'SIGKILL');
  stand(Number.POSITIVE_INFINITY);
}

/** Holds the whole thread up, as a slow disk does. */
function stand(ms: number): void {
  Atomics.wait(NEVER, 0, 0, ms);
}
