/** How a generator's members write: as fast as they are shown to each other, or so many updates a second. */
import type { Member } from './member.ts';
import type { Tally } from './tally.ts';

export type Pressure =
  /** Each writer has so many updates under way, always: the server is never without work. */
  | { readonly kind: 'saturation'; readonly underWay: number }
  | { readonly kind: 'steady'; readonly updatesPerSecond: number };

const TICK_MS = 5;

/** Starts writing; the answer stops it. */
export function press(pressure: Pressure, writers: readonly Member[], tally: Tally): () => void {
  return pressure.kind === 'saturation'
    ? saturate(pressure.underWay, writers, tally)
    : keepSteady(pressure.updatesPerSecond, writers, tally);
}

function saturate(underWay: number, writers: readonly Member[], tally: Tally): () => void {
  const mayWrite = new Set(writers);
  let due = new Set<Member>();
  let stopped = false;
  const write = (): void => {
    const members = due;
    due = new Set();
    const now = performance.now();
    for (const member of members) {
      while (member.clock - member.shown < underWay) {
        member.type(now);
        tally.sent += 1;
      }
      member.flush();
    }
  };
  const wish = (member: Member): void => {
    if (stopped || !mayWrite.has(member)) return;
    if (due.size === 0) setImmediate(write);
    due.add(member);
  };
  for (const room of new Set(writers.map(({ room }) => room))) room.onShown = wish;
  for (const member of writers) wish(member);
  return () => {
    stopped = true;
  };
}

function keepSteady(updatesPerSecond: number, writers: readonly Member[], tally: Tally): () => void {
  const from = performance.now();
  let written = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    const wanted = ((now - from) / 1_000) * updatesPerSecond;
    for (; written < wanted; written += 1) {
      const member = writers[written % writers.length];
      member?.type(now);
      member?.flush();
      tally.sent += 1;
    }
  }, TICK_MS);
  return () => clearInterval(timer);
}
