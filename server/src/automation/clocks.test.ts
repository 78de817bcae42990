import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clocks } from './clocks.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function ticking() {
  const tick = vi.fn();
  const make = () => {
    const timer = setInterval(tick, 1000);
    return [{ stop: () => clearInterval(timer) }];
  };
  const clocks = new Clocks(make);
  clocks.start();
  return { tick, clocks };
}

describe('the clocks', () => {
  it('stand still while work goes on that they would disturb, and go on after it, also when it failed', async () => {
    const { tick, clocks } = ticking();
    const work = clocks.without(
      () => new Promise<void>((_, reject) => setTimeout(() => reject(new Error('no')), 5000)),
    );
    const failed = expect(work).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(4900);
    expect(tick).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1200);
    await failed;
    expect(tick).toHaveBeenCalledTimes(1);
    clocks.stop();
  });

  it('stand still until the last of such work is done, and for good once they are stopped', async () => {
    const { tick, clocks } = ticking();
    const wait = (ms: number) => () => new Promise<void>((done) => setTimeout(done, ms));
    const work = [clocks.without(wait(2000)), clocks.without(wait(6000))];
    await vi.advanceTimersByTimeAsync(5000);
    expect(tick).not.toHaveBeenCalled();
    clocks.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await Promise.all(work);
    expect(tick).not.toHaveBeenCalled();
  });
});
