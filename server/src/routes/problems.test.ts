import { journalName, problemBoardName, roomName } from '@muster/documents';
import { addThought, readPlainEvents, readProblems, readThoughts } from '@muster/documents/problem';
import type { Problem, ProblemEvent } from '@muster/domain/problem';
import { SYSTEM_ACTOR, commandId, personId, recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import * as Y from 'yjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProblemClock } from '../automation/problem-clock.ts';
import { openLog } from '../log.ts';
import type { TestSession } from '../testing.ts';
import { FIELDS, applied, startTestProblems } from './test-problems.ts';
import type { TestProblems } from './test-problems.ts';

const DAY = 24 * 60 * 60 * 1000;

let desk: TestProblems;
let agent: TestSession;
let lead: TestSession;
beforeAll(async () => {
  desk = await startTestProblems();
  ({ agent, lead } = desk.people);
});
afterAll(() => desk.server.stop());

async function listed(query: string, by = agent): Promise<readonly string[]> {
  const answer = await by.call('GET', `/api/problems?${query}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { problems: readonly Problem[] }).problems.map(({ id }) => id);
}

describe('problems on the server', () => {
  it('[PRB-3] go through the one command path, with a number, a row on the board and a history', async () => {
    const id = await desk.open();
    const board = agent.open(problemBoardName(1));
    await board.synced();
    const row = () => readProblems(board.doc).problems.find((each) => each.id === id);
    expect(row()).toEqual(await desk.at(id));
    expect(row()?.number).toMatch(/^PRB-\d{4}-\d{5}$/);
    const journal = agent.open(journalName(id));
    await journal.synced();
    await desk.do(id, 'step', { to: 'assess' });
    await expect.poll(() => row()?.state).toBe('assess');
    const types = () => readPlainEvents<ProblemEvent>(journal.doc).events.map(({ event }) => event.type);
    await expect.poll(types).toEqual(['problem-opened', 'problem-stepped']);
    for (const client of [board, journal]) client.destroy();
  });

  it('[PRB-2] answer a requester as if there were none', async () => {
    const id = await desk.open();
    const { requester } = desk.people;
    const refusal = { code: 'problem/no-such-problem' };
    expect(await desk.act(requester, id, 'edit', { fields: { title: 'x' } })).toMatchObject({ refusal });
    expect((await requester.call('GET', `/api/problems/${id}`)).status).toBe(403);
    const malformed = { refusal: { code: 'command/malformed' } };
    expect(await desk.act(agent, id, 'step', { to: 'somewhere' })).toMatchObject(malformed);
  });

  it('[PRB-3] are read over HTTP by id and by number, and narrowed by words and incidents', async () => {
    const incident = await desk.incident();
    const id = await desk.open({ title: 'Quokka hub' }, [incident]);
    const { number } = await desk.at(id);
    for (const reference of [id, number ?? '']) {
      const answer = await agent.call('GET', `/api/problems/${reference}`);
      expect(await answer.json()).toMatchObject({ problem: { id }, events: [{ version: 1 }] });
    }
    expect((await agent.call('GET', '/api/problems/PRB-1999-00001')).status).toBe(404);
    expect(await listed('q=quokka')).toEqual([id]);
    expect(await listed(`incident=${incident}`)).toEqual([id]);
    expect(await listed(`q=quokka&state=closed`)).toEqual([]);
    expect(await listed('q=nowhere')).toEqual([]);
  });

  it('[PRB-2] are found by number and words in the search of everything, by whoever may read them', async () => {
    const id = await desk.open({ title: 'Numbat gateway', workaround: 'Restart the kookaburra' });
    const { number } = await desk.at(id);
    type Found = { problems: { problem: { id: string }; excerpt: string }[] };
    const search = async (q: string, by = agent) =>
      (await (await by.call('GET', `/api/search?q=${encodeURIComponent(q)}`)).json()) as Found;
    for (const q of ['numbat', 'kookabur', number ?? '', id])
      expect((await search(q)).problems.map(({ problem }) => problem.id)).toEqual([id]);
    expect((await search('kookaburra')).problems[0]?.excerpt).toContain('kookaburra');
    for (const q of ['numbat', number ?? '', id, 'nowhere'])
      expect((await search(q, desk.people.requester)).problems).toEqual([]);
  });

  it('[PRB-3] name configuration items that are there', async () => {
    const host = recordId(ulid());
    const made = { fields: { class: 'server', name: 'Named by a problem' }, state: 'in_service' };
    expect(await agent.run('item.create', host, made)).toMatchObject(applied);
    const id = await desk.open({ items: [host] });
    expect((await desk.at(id)).items).toEqual([host]);
    const nowhere = recordId(ulid());
    expect(await desk.act(agent, id, 'edit', { fields: { items: [host, nowhere] } })).toMatchObject({
      refusal: { code: 'problem/unknown-item', item: nowhere },
    });
  });

  it('[PRB-7] of two duplicates in opposite directions the first stands, and its incidents move', async () => {
    const incident = await desk.incident();
    const [one, other] = [await desk.open({}, [incident]), await desk.open()];
    for (const id of [one, other]) await desk.do(id, 'step', { to: 'assess' });
    expect(await desk.act(agent, one, 'step', { to: 'duplicate', into: other })).toMatchObject(applied);
    expect(await desk.act(lead, other, 'step', { to: 'duplicate', into: one }, 2)).toMatchObject({
      outcome: 'superseded',
      reason: 'merged-the-other-way',
    });
    expect(await desk.at(other)).toMatchObject({ duplicates: [one], incidents: [incident] });
    expect(await listed(`incident=${incident}`)).toEqual([other]);
  });

  it('[PRB-13] remind whoever answers for what nobody did anything with, once', async () => {
    const id = await desk.open({ owner: lead.person });
    const clock = startProblemClock(desk.server.store, openLog('silent'));
    await clock.tick(Date.now());
    expect(await desk.told(lead.person, id)).toMatchObject([{ what: 'assigned' }]);
    expect(await desk.act(agent, id, 'remind')).toMatchObject({ refusal: { code: 'problem/not-permitted' } });
    clock.stop();
  });

  it('keep both branches that two people add to the drawings of its analysis apart', async () => {
    const id = await desk.open();
    const clients = [agent.open(roomName(id)), lead.open(roomName(id))] as const;
    await Promise.all(clients.map((client) => client.synced()));
    for (const client of clients) client.provider.disconnect();
    const thought = (by: TestSession) => ({
      ...{ id: ulid(), writtenAt: Date.now(), by: by.person, drawing: 'why', parent: null, bone: null },
      text: `Why, asks ${by.person}`,
    });
    addThought(clients[0].doc, thought(agent) as Parameters<typeof addThought>[1]);
    addThought(clients[1].doc, thought(lead) as Parameters<typeof addThought>[1]);
    for (const client of clients) client.provider.connect();
    for (const { doc } of clients) await expect.poll(() => readThoughts(doc).thoughts.length).toBe(2);
    for (const client of clients) client.destroy();
    // a requester has no part in it
    const { requester } = desk.people;
    const refused = requester.open(roomName(id));
    expect((await refused.closed()).code).toBe(4403);
    refused.destroy();
  });
});

describe('the board of problems', () => {
  it('[PRB-82] lets go of what has been over for a year, and of an accepted risk after its review alone', async () => {
    const [now, year] = [Date.now(), 365 * DAY];
    const then = now - 400 * DAY;
    const ends = {
      due: { to: 'risk_accepted', reason: 'Rare', reviewAt: now + DAY },
      reviewed: { to: 'risk_accepted', reason: 'Rare', reviewAt: now - year - DAY },
      cancelled: { to: 'cancelled', reason: 'Not ours' },
    };
    const ids: Partial<Record<keyof typeof ends, RecordId>> = {};
    for (const [name, end] of Object.entries(ends)) {
      const id = recordId(ulid());
      ids[name as keyof typeof ends] = id;
      const origin = { kind: 'found', incident: null, evidence: '' };
      const steps = end.to === 'cancelled' ? [end] : [{ to: 'assess' }, { to: 'rca' }, end];
      const acts = [
        { type: 'problem.create', args: { fields: FIELDS, origin, incidents: [] } },
        ...steps.map((args) => ({ type: 'problem.step', args })),
      ];
      const outcomes = await desk.server.store.commands.actOut(
        acts.map(({ type, args }, basis) => ({
          command: { id: commandId(ulid()), type, target: id, args, basis, clientAt: then },
          ...{ actor: SYSTEM_ACTOR, at: then },
        })),
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(acts.map(() => 'applied'));
    }
    const next = await desk.server.store.documents.rotate(problemBoardName(1), 'test');
    const board = agent.open(next);
    await board.synced();
    const shown = new Set(readProblems(board.doc).problems.map(({ id }) => id));
    expect(Object.entries(ids).filter(([, id]) => shown.has(id))).toEqual([['due', ids.due]]);
    board.destroy();
  });
});

describe('the analysis of a problem', () => {
  it('[PRB-8] stays as it is once that is over, and what comes late is set aside; taken up again it is written on', async () => {
    const id = await desk.open();
    const room = roomName(id);
    const author = { name: room, person: personId(agent.person), session: 's' };
    const late = new Y.Doc();
    addThought(late, {
      ...{ id: ulid(), writtenAt: Date.now(), by: personId(agent.person), drawing: 'why' },
      ...{ parent: null, bone: null, text: 'Written on the train' },
    });
    const request = { ...author, clientIds: [late.clientID], update: Y.encodeStateAsUpdate(late) };
    const { documents } = desk.server.store;
    await documents.load(room);
    await desk.do(id, 'step', { to: 'cancelled', reason: 'Not ours' });
    expect(await documents.append(request)).toEqual({ ok: false, code: 'locked' });
    const { rejected } = (await (await agent.call('GET', '/api/me/rejected')).json()) as {
      rejected: readonly { readonly document: string }[];
    };
    expect(rejected.filter(({ document }) => document === room)).toMatchObject([
      { code: 'locked', text: expect.stringContaining('Written on the train') as string },
    ]);
    await desk.do(id, 'step', { to: 'rca', reason: 'It is ours' });
    expect(await documents.append(request)).toMatchObject({ ok: true });
  });
});

describe('what follows for incidents', () => {
  it('[FLW-40] a workaround is a note on each open one, told to its owner, and told once', async () => {
    const [open, resolved] = [await desk.waiting(), await desk.incident()];
    const id = await desk.open({}, [open, resolved]);
    await agent.run('incident.transition', resolved, { to: 'cancelled', reason: 'No incident' }, 1);
    await desk.do(id, 'communicate-workaround');
    const { number } = await desk.at(id);
    expect(await desk.notes(open)).toEqual([`${number} has a workaround: Connect again`]);
    expect(await desk.notes(resolved)).toEqual([]);
    expect(await desk.told(agent.person, open)).toMatchObject([{ what: 'workaround', problem: id }]);
    expect(await desk.act(lead, id, 'communicate-workaround')).toMatchObject({
      refusal: { code: 'problem/nobody-to-tell', told: 1 },
    });
  });

  it('[FLW-43] that of a known error is a reply to the caller, also where the note came before', async () => {
    const open = await desk.waiting();
    const id = await desk.open({}, [open]);
    await desk.do(id, 'communicate-workaround');
    expect(await desk.said(open, 'replied')).toEqual([]);
    await desk.do(id, 'mark-known-error', { known: true });
    await desk.do(id, 'communicate-workaround');
    expect(await desk.said(open, 'replied')).toEqual([
      'This is a known error. What helps until it is fixed: Connect again',
    ]);
    expect(await desk.notes(open)).toHaveLength(1);
    expect((await desk.ticket(open)).state).toBe('on_hold');
  });

  it('[FLW-44] it stops the call that runs on an incident', async () => {
    const network = desk.server.teams.get('Network');
    const steps = [
      { kind: 'person', person: desk.people.other.person },
      { kind: 'wait', minutes: 5 },
    ];
    const admin = await desk.server.signIn('admin@desk.test');
    const chain = { basis: 0, name: 'Network', steps, repeats: 0 };
    expect((await admin.call('PUT', `/api/chains/${network ?? ''}`, chain)).status).toBe(200);
    const incident = await desk.incident();
    expect(await agent.run('incident.begin-call', incident, { team: network }, 1)).toMatchObject(applied);
    expect((await desk.ticket(incident)).calls).toMatchObject([{ state: 'calling' }]);
    const id = await desk.open({}, [incident]);
    await desk.do(id, 'communicate-workaround');
    expect((await desk.ticket(incident)).calls).toMatchObject([{ team: network, state: 'stopped' }]);
    const reason = `${(await desk.at(id)).number ?? ''} has a workaround.`;
    expect(await desk.said(incident, 'call-stopped', 'reason')).toEqual([reason]);
  });

  it('[FLW-41] a fix resolves what waits for it, and what comes to wait until it is closed', async () => {
    const [waiting, working] = [await desk.waiting(), await desk.incident()];
    const id = await desk.beingFixed([waiting, working]);
    await desk.do(id, 'step', { to: 'resolved', resolution: 'fix_applied' });
    expect(await desk.ticket(waiting)).toMatchObject({
      state: 'resolved',
      resolution: { code: 'Resolved by problem' },
    });
    expect((await desk.ticket(working)).state).toBe('new');
    const { version } = await desk.ticket(waiting);
    const late = await desk.waiting();
    await desk.do(id, 'link-incident', { incident: late });
    await desk.do(id, 'step', { to: 'closed' });
    expect((await desk.ticket(late)).state).toBe('resolved');
    expect((await desk.ticket(waiting)).version).toBe(version);
  });

  it('[FLW-50] a cancelled one is a note, told to the owner, and what waits goes on waiting', async () => {
    const waiting = await desk.waiting();
    const id = await desk.open({}, [waiting]);
    await desk.do(id, 'step', { to: 'cancelled', reason: 'Not ours.' });
    expect((await desk.ticket(waiting)).state).toBe('on_hold');
    expect(await desk.notes(waiting)).toMatchObject([expect.stringContaining('was cancelled. Not ours.')]);
    expect(await desk.told(agent.person, waiting)).toMatchObject([{ what: 'ended', problem: id }]);
  });

  it('[FLW-51] what an incident was merged into is resolved with the problem that named the other', async () => {
    const [merged, waiting] = [await desk.incident(), await desk.waiting()];
    const id = await desk.beingFixed([merged]);
    const over = await desk.open({}, [merged]);
    await desk.do(over, 'step', { to: 'cancelled', reason: 'Not ours.' });
    const { version } = await desk.ticket(merged);
    expect(await agent.run('incident.merge', merged, { into: waiting }, version)).toMatchObject(applied);
    expect((await desk.at(id)).incidents).toEqual([waiting]);
    expect((await desk.at(over)).incidents).toEqual([merged]);
    await desk.do(over, 'step', { to: 'rca', reason: 'It is ours.' });
    expect((await desk.at(over)).incidents).toEqual([waiting]);
    await desk.do(id, 'step', { to: 'resolved', resolution: 'fix_applied' });
    expect((await desk.ticket(waiting)).state).toBe('resolved');
  });

  it('[FLW-51] what names an incident that was merged before names the one at the end of the chain, once', async () => {
    const [first, second, last] = [await desk.incident(), await desk.incident(), await desk.incident()];
    for (const [from, into] of [
      [first, second],
      [second, last],
    ] as const) {
      const { version } = await desk.ticket(from);
      expect(await agent.run('incident.merge', from, { into }, version)).toMatchObject(applied);
    }
    const id = await desk.open({}, [first, second]);
    expect((await desk.at(id)).incidents).toEqual([last]);
    const later = await desk.open();
    await desk.do(later, 'link-incident', { incident: first });
    expect((await desk.at(later)).incidents).toEqual([last]);
    expect((await desk.server.store.verify()).findings).toEqual([]);
  });

  it('[FLW-42] an accepted risk is a note, and what waits goes on waiting', async () => {
    const waiting = await desk.waiting();
    const id = await desk.beingFixed([waiting]);
    await desk.do(id, 'step', { to: 'risk_accepted', reason: 'Rare', reviewAt: Date.now() + 30 * DAY });
    expect((await desk.ticket(waiting)).state).toBe('on_hold');
    expect(await desk.notes(waiting)).toMatchObject([expect.stringContaining('its risk is accepted. Rare.')]);
    expect((await desk.at(recordId(id))).risk?.approver).toBe(lead.person);
  });
});
