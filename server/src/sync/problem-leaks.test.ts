/** Restricted incidents that a problem names: what whoever may read problems, and not them, gets of any document. */
import { journalName, problemBoardName } from '@muster/documents';
import { readProblems } from '@muster/documents/problem';
import type { RecordId } from '@muster/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applied, startTestProblems } from '../routes/test-problems.ts';
import type { TestProblems } from '../routes/test-problems.ts';
import type { TestSession } from '../testing.ts';
import { bytesOf } from './document-bytes.ts';

let desk: TestProblems;
beforeAll(async () => {
  desk = await startTestProblems();
});
afterAll(() => desk.server.stop());

async function restrict(incident: RecordId, people: readonly string[]): Promise<void> {
  const { version } = await desk.ticket(incident);
  const args = { team: null, people, reason: people.length === 0 ? '' : 'Personal data' };
  expect(await desk.people.lead.run('incident.restrict', incident, args, version)).toMatchObject(applied);
}

/** All that somebody gets of a problem who has nothing yet, as bytes and as text. */
async function everything(who: TestSession, id: RecordId, incident: RecordId): Promise<string> {
  const names = [problemBoardName(1), journalName(id)];
  const bytes = await Promise.all(names.map((name) => bytesOf(desk.server.url, who.cookie, name)));
  expect(bytes.map(({ close }) => close)).toEqual([null, null]);
  const paths = [`/api/problems/${id}`, '/api/problems', `/api/problems?incident=${incident}`];
  const texts = await Promise.all(paths.map(async (path) => (await who.call('GET', path)).text()));
  return [...bytes.map(({ text }) => text), ...texts].join('\n');
}

describe('an incident of a problem that becomes restricted', () => {
  it('[PRB-12] is counted, and in no byte of a document or an answer to who may not read it', async () => {
    const { lead, other, agent } = desk.people;
    const [incident, open] = [await desk.incident(), await desk.incident()];
    const id = await desk.open({}, [incident, open]);
    await desk.do(id, 'communicate-workaround');
    await desk.do(id, 'unlink-incident', { incident });
    await desk.do(id, 'link-incident', { incident });
    // somebody looks at it all the while, so that the server has its documents in memory
    const held = [other.open(problemBoardName(1)), other.open(journalName(id))] as const;
    await Promise.all(held.map((client) => client.synced()));
    expect(await everything(other, id, incident)).toContain(incident);
    await restrict(incident, [lead.person]);
    const row = () => readProblems(held[0].doc).problems.find((each) => each.id === id);
    await expect.poll(() => row()?.incidents).toEqual([open, null]);
    const seen = await everything(other, id, incident);
    expect(seen).not.toContain(incident);
    expect(seen).toContain(open);
    const whole = (await (await lead.call('GET', `/api/problems/${id}`)).json()) as object;
    expect(whole).toMatchObject({ problem: { incidents: [open, incident] } });

    const unknown = { refusal: { code: 'problem/unknown-incident' } };
    expect(await desk.act(agent, id, 'unlink-incident', { incident })).toMatchObject(unknown);
    expect(await desk.act(agent, id, 'link-incident', { incident })).toMatchObject(unknown);
    // the store knows it still: it is told a workaround, and it is shown again once it is open to all
    await desk.do(id, 'edit', { fields: { workaround: 'Wait' } });
    await desk.do(id, 'communicate-workaround', {}, agent);
    expect(await desk.notes(incident)).toHaveLength(2);
    expect(await everything(other, id, incident)).not.toContain(incident);
    await restrict(incident, []);
    await expect.poll(() => row()?.incidents).toEqual([open, incident]);
    for (const client of held) client.destroy();
  });

  it('[PRB-12] is not linked while it is restricted, by nobody', async () => {
    const { lead } = desk.people;
    const incident = await desk.incident();
    const id = await desk.open();
    await restrict(incident, [lead.person]);
    expect(await desk.act(lead, id, 'link-incident', { incident })).toMatchObject({
      refusal: { code: 'problem/unknown-incident' },
    });
  });
});
