import { describe, expect, it } from 'vitest';
import { AskedTrend } from './asked-trend.svelte.ts';
import type { TrendQuestion } from './asked-trend.svelte.ts';

const questionOf = (path: string): TrendQuestion => ({ view: 'weeks', by: 'service', path });

describe('a question about trends', () => {
  it('is given up when another one is asked, whose answer alone counts', async () => {
    const asked: { path: string; signal: AbortSignal | undefined; answer: (told: unknown) => void }[] = [];
    const trend = new AskedTrend({
      request: (path, options) =>
        new Promise((answer) => void asked.push({ path, signal: options?.signal, answer })),
    });
    const first = trend.ask(questionOf('/one'));
    const second = trend.ask(questionOf('/two'));
    expect(asked[0]?.signal?.aborted).toBe(true);
    asked[1]?.answer('two');
    asked[0]?.answer('one');
    await Promise.all([first, second]);
    expect(trend.told).toEqual({ ...questionOf('/two'), answer: 'two' });
    expect(trend.isAsking).toBe(false);
  });

  it('stops asking when it is given up, and says nothing of it', () => {
    const trend = new AskedTrend({ request: () => new Promise(() => undefined) });
    void trend.ask(questionOf('/one'));
    expect(trend.isAsking).toBe(true);
    trend.giveUp();
    expect([trend.isAsking, trend.problem]).toEqual([false, null]);
  });

  it('leaves an answer to the view that it is of, when the next question is given up', async () => {
    const answers: ((told: unknown) => void)[] = [];
    const trend = new AskedTrend({
      request: () => new Promise((answer) => void answers.push(answer)),
    });
    const first = trend.ask(questionOf('/one'));
    answers[0]?.('one');
    await first;
    const second = trend.ask({ ...questionOf('/two'), view: 'hours' });
    trend.giveUp();
    answers[1]?.('two');
    await second;
    expect(trend.told).toEqual({ ...questionOf('/one'), answer: 'one' });
  });
});
