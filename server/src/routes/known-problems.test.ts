import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestProblems } from './test-problems.ts';
import type { TestProblems } from './test-problems.ts';
import { TestKnowledge } from './test-knowledge.ts';

let desk: TestProblems;
let all: TestKnowledge;
beforeAll(async () => {
  desk = await startTestProblems();
  all = new TestKnowledge(desk.server, desk.people.agent, desk.people.lead);
});
afterAll(() => desk.server.stop());

describe('a problem whose workaround is published', () => {
  it('[FLW-45] is a known error, with the words of it where it had none', async () => {
    const [own, none] = [await desk.open(), await desk.open({ workaround: '' })];
    await all.published({ problem: own, workaround: '', cause: 'The lease ends' });
    expect((await desk.at(own)).knownError).toBe(false);
    for (const problem of [own, none]) await all.published({ problem, workaround: 'Restart it' });
    expect(await desk.at(own)).toMatchObject({ knownError: true, workaround: 'Connect again' });
    expect(await desk.at(none)).toMatchObject({ knownError: true, workaround: 'Restart it' });
  });

  it('[FLW-46] is one no more when the last of them is retired, or superseded by what is not of it', async () => {
    const { lead } = desk.people;
    const problem = await desk.open();
    const [one, two, elsewhere] = [
      await all.published({ problem }),
      await all.published({ problem }),
      await all.published(),
    ];
    await all.act(lead, one, 'retire', { reason: 'Said twice' });
    expect((await desk.at(problem)).knownError).toBe(true);
    await all.act(lead, two, 'supersede', { by: elsewhere });
    expect((await desk.at(problem)).knownError).toBe(false);
  });

  it('[FLW-46] goes over to the problem that the next version is about', async () => {
    const [before, after] = [await desk.open(), await desk.open()];
    const id = await all.published({ problem: before });
    await all.act(desk.people.agent, id, 'edit', { fields: { problem: after } });
    expect((await desk.at(before)).knownError).toBe(true);
    await all.publish(id);
    expect((await desk.at(before)).knownError).toBe(false);
    expect((await desk.at(after)).knownError).toBe(true);
  });

  it('[FLW-45] hands it to the problem that it goes on in, before its publishing and after', async () => {
    const [early, late, survivor, other] = [
      ...[await desk.open(), await desk.open()],
      ...[await desk.open(), await desk.open()],
    ] as const;
    await all.published({ problem: early });
    const id = await all.make({ problem: late });
    for (const [from, into] of [
      [early, survivor],
      [late, other],
    ] as const) {
      await desk.do(from, 'step', { to: 'assess' });
      await desk.do(from, 'step', { to: 'duplicate', into });
    }
    expect((await desk.at(survivor)).knownError).toBe(true);
    expect((await desk.at(other)).knownError).toBe(false);
    await all.publish(id);
    expect((await desk.at(other)).knownError).toBe(true);
    await all.act(desk.people.lead, id, 'retire', { reason: 'Fixed' });
    expect((await desk.at(other)).knownError).toBe(false);
  });

  it('is sound', async () => {
    expect(await desk.server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });
});
