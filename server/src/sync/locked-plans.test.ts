/** Plans that are locked, written by programs that show no editor: the server alone holds them to what was approved. */
import { roomFragment, roomName, textOf } from '@muster/documents';
import { planDigest } from '@muster/documents/change';
import { contentOf } from '@muster/domain/change';
import type { Change, PlanName } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;
const APPROVED = 'Swap the relay';
const applied = { outcome: 'applied' };

let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let service: string;
beforeAll(async () => {
  server = await startTestServer();
  [admin, lead, agent, other] = (await Promise.all(
    ['admin', 'lead', 'agent', 'other'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession, TestSession];
  const body = { name: 'Mail', team: null, criticality: 3 };
  service = ((await (await admin.call('POST', '/api/services', body)).json()) as { id: string }).id;
});
afterAll(() => server.stop());

async function changeOf(id: RecordId): Promise<Change> {
  const answer = await lead.call('GET', `/api/changes/${id}`);
  return ((await answer.json()) as { change: Change }).change;
}

async function act(by: TestSession, id: RecordId, verb: string, args: object): Promise<void> {
  const { version } = await changeOf(id);
  expect(await by.run(`change.${verb}`, id, args, version)).toMatchObject(applied);
}

function writeIn(doc: Y.Doc, plan: PlanName | 'review', words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  roomFragment(doc, plan).push([paragraph]);
}

async function openRoom(by: TestSession, id: RecordId): Promise<StockClient> {
  const client = by.open(roomName(id));
  await client.synced();
  return client;
}

/** What a plan says for somebody who opens the room now. */
async function planNow(id: RecordId): Promise<{ readonly text: string; readonly digest: string }> {
  const fresh = await openRoom(lead, id);
  const seen = {
    text: textOf(roomFragment(fresh.doc, 'implementation')),
    digest: planDigest(fresh.doc, 'implementation'),
  };
  fresh.destroy();
  return seen;
}

async function setAside(by: TestSession, id: RecordId): Promise<readonly unknown[]> {
  const answer = await by.call('GET', '/api/me/rejected');
  const { rejected } = (await answer.json()) as { rejected: readonly { readonly document: string }[] };
  return rejected.filter(({ document }) => document === roomName(id));
}

/** An emergency change with a plan, scheduled, in its window; the room as the agent and somebody else have it open. */
async function scheduled(): Promise<{ id: RecordId; mine: StockClient; theirs: StockClient }> {
  const id = ulid() as RecordId;
  const begins = Date.now() - HOUR;
  const fields = { title: 'New relay', items: [service], begins, ends: begins + 4 * HOUR };
  expect(await agent.run('change.create', id, { model: 'emergency', fields })).toMatchObject(applied);
  const [mine, theirs] = await Promise.all([openRoom(agent, id), openRoom(other, id)]);
  writeIn(mine.doc, 'implementation', APPROVED);
  await expect.poll(() => textOf(roomFragment(theirs.doc, 'implementation'))).toBe(APPROVED);
  await act(agent, id, 'step', { to: 'authorize' });
  await act(lead, id, 'vote', { vote: 'approved', read: contentOf(await changeOf(id)) });
  await act(agent, id, 'step', { to: 'scheduled' });
  return { id, mine, theirs };
}

describe('plans that are locked', () => {
  it('[CHG-65] are refused to a program that writes in the room, and stand for others as they were approved', async () => {
    const { id, mine, theirs } = await scheduled();
    await act(agent, id, 'step', { to: 'implement' });
    const before = await planNow(id);
    expect(before).toEqual({
      text: APPROVED,
      digest: (await changeOf(id)).plans.implementation,
    });
    writeIn(mine.doc, 'implementation', 'And the cable, unseen');
    expect(await mine.closed()).toEqual({
      code: CLOSE.updateRejected,
      reason: expect.stringContaining('implementation: locked') as string,
    });
    expect(await setAside(agent, id)).toMatchObject([{ code: 'locked', text: 'And the cable, unseen' }]);
    writeIn(theirs.doc, 'review', 'It went well');
    await expect
      .poll(async () => {
        const fresh = await openRoom(lead, id);
        const text = textOf(roomFragment(fresh.doc, 'review'));
        fresh.destroy();
        return text;
      })
      .toBe('It went well');
    expect(theirs.closes).toEqual([]);
    expect(textOf(roomFragment(theirs.doc, 'implementation'))).toBe(APPROVED);
    expect(await planNow(id)).toEqual(before);
    expect((await changeOf(id)).plans.implementation).toBe(before.digest);
    expect((await server.store.verify()).findings).toEqual([]);
    mine.destroy();
    theirs.destroy();
  });

  it('[CHG-65] take nothing that was written offline before, and set its words aside for their author', async () => {
    const { id, mine, theirs } = await scheduled();
    mine.provider.disconnect();
    writeIn(mine.doc, 'implementation', 'Written on the train');
    roomFragment(mine.doc, 'implementation').delete(0, 1);
    await act(lead, id, 'step', { to: 'implement' });
    mine.provider.connect();
    await expect.poll(() => mine.closes.at(-1)?.code).toBe(CLOSE.updateRejected);
    expect(await setAside(agent, id)).toMatchObject([{ code: 'locked', text: 'Written on the train' }]);
    expect(await setAside(other, id)).toEqual([]);
    expect((await planNow(id)).text).toBe(APPROVED);
    expect(textOf(roomFragment(theirs.doc, 'implementation'))).toBe(APPROVED);
    mine.destroy();
    theirs.destroy();
  });

  it('[CHG-15] [CHG-65] of a standard change are those of its template from the beginning', async () => {
    const template = ulid();
    const fields = {
      ...{ name: 'Install', outage: false, plans: { implementation: APPROVED }, tasks: [] },
      ...{ riskInput: { answers: {}, likelihood: 1, impact: 1 }, minutes: 60, team: null },
    };
    expect(await agent.run('change-template.propose', template, { fields })).toMatchObject(applied);
    expect(await lead.run('change-template.approve', template, { revision: 1 }, 1)).toMatchObject(applied);
    const id = ulid() as RecordId;
    const made = { model: 'standard', template, fields: { title: 'Install it', items: [service] } };
    expect(await agent.run('change.create', id, made)).toMatchObject(applied);
    const room = await openRoom(agent, id);
    writeIn(room.doc, 'backout', 'My own way back');
    expect(await room.closed()).toMatchObject({ code: CLOSE.updateRejected });
    expect(await setAside(agent, id)).toMatchObject([{ code: 'locked', text: 'My own way back' }]);
    expect((await planNow(id)).text).toBe(APPROVED);
    room.destroy();
  });
});
