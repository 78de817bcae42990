import { expect, test } from 'vitest';
import { measureSaturation } from './scenarios/saturation.ts';

const SMALL = { rooms: 2, members: 3, writers: 3, underWay: 2, warmUpMs: 100, measureMs: 300 };

// processes of their own start slowly on a busy machine
const TIME_LIMIT_MS = 120_000;

test.each(['muster', 'hocuspocus'] as const)(
  'the sync bench drives %s and counts what it delivers',
  async (server) => {
    const { deliveredPerSecond, writtenPerSecond, cpuSecondsPerMillion } = await measureSaturation({
      ...SMALL,
      server,
    });
    expect(writtenPerSecond).toBeGreaterThan(0);
    expect(cpuSecondsPerMillion).toBeGreaterThan(0);
    // each update goes to the two others; what is under way at either end of the time blurs it
    expect(deliveredPerSecond / writtenPerSecond).toBeGreaterThan(1.2);
    expect(deliveredPerSecond / writtenPerSecond).toBeLessThan(2.8);
  },
  TIME_LIMIT_MS,
);
