/** Restricted incidents that a change caused: what whoever may read changes, and not them, gets of any document. */
import { changeBoardName, journalName, withoutEpoch } from '@muster/documents';
import { readChanges, readPlainEvents } from '@muster/documents/change';
import type { Change, ChangeEvent } from '@muster/domain/change';
import { successScore } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applied, refused, startTestChanges } from '../routes/test-changes.ts';
import type { TestChanges } from '../routes/test-changes.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { bytesOf } from './document-bytes.ts';

const PRIVATE = 'Personal data';

let desk: TestChanges;
let server: TestServer;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let service: string;
let template: RecordId;
beforeAll(async () => {
  desk = await startTestChanges();
  ({ server } = desk);
  ({ lead, agent, other } = desk.people);
  service = await desk.makeService('Mail');
  template = await desk.approvedTemplate();
});
afterAll(() => server.stop());

async function reviewed(): Promise<RecordId> {
  const id = await desk.standard(template, { items: [service] });
  await desk.go(id, 'scheduled', 'implement', 'review');
  return id;
}

async function caused(change: RecordId): Promise<RecordId> {
  const { id } = await agent.createTicket('incident', { requester: lead.person });
  expect(await desk.act(agent, change, 'note-caused', { incident: id, priority: 3 })).toMatchObject(applied);
  return id as RecordId;
}

async function restrict(incident: string, people: readonly string[], team?: string): Promise<void> {
  const { version } = await server.store.reader
    .selectFrom('record')
    .select('version')
    .where('id', '=', incident)
    .executeTakeFirstOrThrow();
  const isOpen = people.length === 0 && team === undefined;
  const args = { team: team ?? null, people, reason: isOpen ? '' : PRIVATE };
  expect(await lead.run('incident.restrict', incident, args, version)).toMatchObject(applied);
}

interface Answer {
  readonly change: Change;
  readonly events: readonly { readonly event: ChangeEvent; readonly at: number }[];
}
const answerTo = async (who: TestSession, id: string): Promise<Answer> =>
  (await (await who.call('GET', `/api/changes/${id}`)).json()) as Answer;

async function boardOf(who: TestSession): Promise<string> {
  const { documents } = (await (await who.call('GET', '/api/documents')).json()) as {
    documents: { name: string }[];
  };
  const base = withoutEpoch(changeBoardName(1));
  return documents.map(({ name }) => name).find((name) => withoutEpoch(name) === base) ?? '';
}

/** What the store makes a document of, as text. */
async function kept(name: string): Promise<string> {
  const { reader } = server.store;
  const { snapshot_seq: from } = await reader
    .selectFrom('document')
    .select('snapshot_seq')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const rows = await Promise.all([
    reader
      .selectFrom('document_snapshot')
      .select('bin')
      .where('name', '=', name)
      .where('seq', '=', from)
      .execute(),
    reader
      .selectFrom('document_update')
      .select('bin')
      .where('name', '=', name)
      .where('seq', '>', from)
      .execute(),
  ]);
  return rows
    .flat()
    .map(({ bin }) => Buffer.from(bin).toString('latin1'))
    .join('\n');
}

/** All that somebody gets of a change who has nothing yet, as bytes and as text. */
async function everything(who: TestSession, id: RecordId): Promise<string> {
  const names = [await boardOf(who), journalName(id)];
  const bytes = await Promise.all(names.map((name) => bytesOf(server.url, who.cookie, name)));
  expect(bytes.map(({ close }) => close)).toEqual([null, null]);
  const paths = [`/api/changes/${id}`, '/api/changes', `/api/search?q=${id}`];
  const texts = await Promise.all(paths.map(async (path) => (await who.call('GET', path)).text()));
  return [...bytes.map(({ text }) => text), ...texts].join('\n');
}

describe('an incident that a change caused and that becomes restricted', () => {
  it('[CHG-107] is counted, and in no byte of a document or an answer to who may not read it', async () => {
    const id = await reviewed();
    const [incident, open, taken] = [await caused(id), await caused(id), await caused(id)];
    // what was taken out before is in the history still
    expect(await desk.act(agent, id, 'unnote-caused', { incident: taken })).toMatchObject(applied);
    // somebody looks at it all the while, so that the server has its documents in memory
    const held = [other.open(await boardOf(other)), other.open(journalName(id))] as const;
    await Promise.all(held.map((client) => client.synced()));
    expect(await everything(other, id)).toContain(incident);
    const before = await desk.present(id);
    for (const one of [incident, taken]) await restrict(one, [lead.person]);

    const [board, journal] = held;
    const row = () => readChanges(board.doc).changes.find((each) => each.id === id);
    const unnamed = [
      { incident: null, priority: 3 },
      { incident: open, priority: 3 },
    ];
    await expect.poll(() => row()?.caused).toEqual(unnamed);
    const said = () => readPlainEvents<ChangeEvent>(journal.doc).events.map(({ event }) => event);
    await expect.poll(() => JSON.stringify(said())).not.toContain(taken);
    expect(said().filter(({ type }) => type.startsWith('incident-'))).toEqual([
      { type: 'incident-caused', incident: null, priority: 3 },
      { type: 'incident-caused', incident: open, priority: 3 },
      { type: 'incident-caused', incident: null, priority: 3 },
      { type: 'incident-not-caused', incident: null },
    ]);
    for (const client of held) client.destroy();
    for (const name of [await boardOf(other), journalName(id)]) {
      const bytes = await kept(name);
      expect(bytes).toContain(open);
      for (const word of [incident, taken]) expect(bytes).not.toContain(word);
    }

    // nothing tells when: the change stands as it did
    const { change, events } = await answerTo(other, id);
    expect(change).toEqual({ ...before, caused: unnamed });
    expect(events.at(-1)?.at).toBe(before.updatedAt);
    const past = { result: 'successful', caused: [3, 3] } as const;
    expect(successScore([{ ...past, caused: change.caused.map(({ priority }) => priority) }])).toBe(
      successScore([past]),
    );
    for (const who of [other, agent]) {
      const all = await everything(who, id);
      expect(all).toContain(open);
      for (const word of [incident, taken, PRIVATE]) expect(all).not.toContain(word);
    }
    expect((await server.store.verify()).findings).toEqual([]);

    // what happens to it afterwards does not name it either
    expect(await desk.act(agent, id, 'begin-review')).toMatchObject(applied);
    expect(await everything(other, id)).not.toContain(incident);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-107] is in no byte of documents that were made after it', async () => {
    const id = await reviewed();
    const incident = await caused(id);
    await restrict(incident, [lead.person]);
    expect(await everything(other, id)).not.toContain(incident);
    await server.store.documents.rotate(await boardOf(other), 'test');
    expect(await everything(other, id)).not.toContain(incident);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-107] is in no board that ended before it, which is readable for a time', async () => {
    const id = await reviewed();
    const incident = await caused(id);
    const ended = await boardOf(other);
    await server.store.documents.rotate(ended, 'test');
    const read = () => bytesOf(server.url, other.cookie, ended);
    expect((await read()).text).toContain(incident);
    await restrict(incident, [], server.teams.get('Desk'));
    const { text, close } = await read();
    expect(text).not.toContain(incident);
    expect(close).not.toBeNull();
    expect(await everything(other, id)).not.toContain(incident);
  });

  it('[CHG-107] is named again once everybody may read it, and counted once however often it is named', async () => {
    const id = await reviewed();
    const incident = await caused(id);
    await restrict(incident, [lead.person]);
    const named = { incident, priority: 3 };
    const missing = refused('unknown-item', { item: incident });
    for (const who of [agent, lead])
      expect(await desk.act(who, id, 'note-caused', named)).toMatchObject(missing);
    expect(await everything(other, id)).not.toContain(incident);
    await restrict(incident, []);
    expect(await desk.act(agent, id, 'note-caused', named)).toMatchObject(refused('nothing-to-change'));
    expect((await answerTo(other, id)).change.caused).toEqual([named]);
    expect(await everything(other, id)).toContain(incident);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-107] is taken out by who may read it, and to others it is as if there were none', async () => {
    const id = await reviewed();
    const incident = await caused(id);
    await restrict(incident, [lead.person]);
    for (const one of [incident, ulid()])
      expect(await desk.act(agent, id, 'unnote-caused', { incident: one })).toMatchObject(
        refused('unknown-item', { item: one }),
      );
    expect((await answerTo(lead, id)).change.caused).toEqual([{ incident, priority: 3 }]);
    expect(await desk.act(lead, id, 'unnote-caused', { incident })).toMatchObject(applied);
    expect((await answerTo(other, id)).change.caused).toEqual([]);
    expect(await everything(other, id)).not.toContain(incident);
    expect((await server.store.verify()).findings).toEqual([]);
  });
});
