import { REVIEW_HEADINGS, roomFragment, textOf } from '@muster/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let agent: TestSession;
let lead: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, lead] = await Promise.all([server.signIn('agent@desk.test'), server.signIn('lead@desk.test')]);
});
afterAll(() => server.stop());

/** A resolved major incident of the lead's. */
async function resolvedMajor(): Promise<string> {
  const { id } = await lead.createTicket('incident', { major: { severity: 2 } });
  const steps = [
    ['transition', { to: 'in_progress' }],
    ['transition', { to: 'resolved', code: 'fixed', notes: 'New certificate.' }],
  ] as const;
  for (const [verb, args] of steps) {
    expect(await lead.run(`incident.${verb}`, id, args, 99)).toMatchObject({ outcome: 'applied' });
  }
  return id;
}

const wordsOf = ({ doc }: StockClient): readonly string[] =>
  textOf(roomFragment(doc, 'review')).split('\n').filter(Boolean);

describe('the prose of a review', () => {
  it('[INC-110] begins with its headings once, though two begin at once, and nobody writes as the server', async () => {
    const id = await resolvedMajor();
    const [one, two] = [agent.open(`room/${id}`), lead.open(`room/${id}`)];
    await Promise.all([one.synced(), two.synced()]);
    expect(wordsOf(one)).toEqual([]);
    const answers = await Promise.all([
      agent.run('incident.begin-review', id, {}),
      lead.run('incident.move-phase', id, { to: 'learning' }),
    ]);
    expect(answers.map(({ outcome }) => outcome)).toContain('applied');
    await expect.poll(() => wordsOf(one)).toEqual([...REVIEW_HEADINGS]);
    await expect.poll(() => wordsOf(two)).toEqual([...REVIEW_HEADINGS]);
    roomFragment(one.doc, 'review').delete(0, 2);
    await expect.poll(() => wordsOf(two)).toEqual(REVIEW_HEADINGS.slice(1));
    await lead.run('incident.waive-review', id, { reason: 'Not needed.' }, 99);
    expect(await agent.run('incident.begin-review', id, {}, 99)).toMatchObject({ outcome: 'applied' });
    const fresh = lead.open(`room/${id}`);
    await fresh.synced();
    expect(wordsOf(fresh)).toEqual(REVIEW_HEADINGS.slice(1));
    expect([one.closes, two.closes]).toEqual([[], []]);
  });

  it('[INC-110] is there in a room that is opened for the first time afterwards', async () => {
    const id = await resolvedMajor();
    await agent.run('incident.begin-review', id, {}, 99);
    const late = agent.open(`room/${id}`);
    await late.synced();
    expect(wordsOf(late)).toEqual([...REVIEW_HEADINGS]);
  });
});
