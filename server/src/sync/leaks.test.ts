/**
 * Every way in, tried by people who may not read a record: a colleague, an administrator and somebody who asks for
 * things. What they get about it must be what they get about a record that is not there, and tell nothing of it.
 */
import { parseName, readInbox, readRows } from '@muster/documents';
import { tokenOf } from '@muster/domain/shared';
import type { RecordId, TicketVerb } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TICKET_ARGS } from '../commands/schema/index.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { bytesOf as documentBytes } from './document-bytes.ts';

/** Words that stand in the record and nowhere else. */
const WORDS = { title: 'Glockenspiel', description: 'Xylophone', note: 'Vibraphone', reason: 'Marimba' };

interface Target {
  readonly id: string;
  readonly number: string;
}

let server: TestServer;
let agent: TestSession;
let lead: TestSession;
let outsiders: readonly (readonly [who: string, session: TestSession])[];
/** Restricted from the start, and narrowed after everybody could read it. */
let born: Target;
let narrowed: Target;

beforeAll(async () => {
  server = await startTestServer();
  const [admin, other, requester] = await Promise.all(
    ['admin@desk.test', 'other@desk.test', 'requester@desk.test'].map((email) => server.signIn(email)),
  );
  [agent, lead] = await Promise.all([server.signIn('agent@desk.test'), server.signIn('lead@desk.test')]);
  if (!admin || !other || !requester) throw new Error('somebody is missing');
  outsiders = [
    ['a colleague', other],
    ['an administrator', admin],
    ['a requester', requester],
  ];
  const readers = [agent.person, lead.person];
  const fields = { title: WORDS.title, description: WORDS.description };
  born = await agent.createTicket('incident', { ...fields, readers });
  narrowed = await agent.createTicket('incident', fields);
  for (const [, session] of outsiders)
    for (const name of await namesFor(session)) await bytesOf(session, name);
  await applied(agent.run('incident.comment', narrowed.id, { text: WORDS.note }, 1));
  const restrict = { team: null, people: readers, reason: WORDS.reason };
  await applied(agent.run('incident.restrict', narrowed.id, restrict, 2));
});
afterAll(() => server.stop());

async function applied(outcome: ReturnType<TestSession['run']>): Promise<void> {
  expect(await outcome).toMatchObject({ outcome: 'applied' });
}

const nowhere = (): Target => ({ id: ulid(), number: 'INC-2019-99999' });

/** What is said about a target, with its own names taken out. */
function about({ id, number }: Target, text: string): string {
  const token = tokenOf('incident', id as RecordId);
  return text.replaceAll(id, 'ID').replaceAll(number, 'NUMBER').replaceAll(token, 'TOKEN');
}

function expectNothingOf(target: Target, text: string): void {
  for (const word of [...Object.values(WORDS), target.id, target.number]) expect(text).not.toContain(word);
}

async function namesFor(session: TestSession): Promise<readonly string[]> {
  const { documents } = (await (await session.call('GET', '/api/documents')).json()) as {
    documents: { name: string }[];
  };
  return documents.map(({ name }) => name);
}

const bytesOf = ({ cookie }: TestSession, name: string) => documentBytes(server.url, cookie, name);

/** Each way to name a record in a request, with the answer as text. */
const REQUESTS: Readonly<Record<string, (target: Target) => string>> = {
  'one record': ({ id }) => `/api/records/${id}`,
  'its number as an id': ({ number }) => `/api/records/${number}`,
  'its room': ({ id }) => `/api/records/${id}/room`,
  'its room at an instant': ({ id }) => `/api/records/${id}/room?at=1`,
  'the sittings in its room': ({ id }) => `/api/records/${id}/room/changes`,
  'its alerts': ({ id }) => `/api/records/${id}/alerts`,
  'a search for its id': ({ id }) => `/api/search?q=${id}`,
  'a search for its number': ({ number }) => `/api/search?q=${number}`,
  'a search for its token': ({ id }) =>
    `/api/search?q=${encodeURIComponent(tokenOf('incident', id as RecordId))}`,
};

const SEARCHES = Object.values(WORDS);

const ARGS: { readonly [Verb in Exclude<TicketVerb, 'create'>]: object } = {
  claim: {},
  'co-own': {},
  'request-handover': { note: 'please' },
  assign: { team: null, owner: null },
  transition: { to: 'in_progress' },
  edit: { fields: { title: 'mine' } },
  'override-priority': { priority: 1, reason: 'x' },
  link: { kind: 'related', target: ulid() },
  unlink: { kind: 'related', target: ulid() },
  'name-items': { add: [ulid()], remove: [] },
  merge: { into: ulid() },
  comment: { text: 'x' },
  reply: { text: 'x' },
  watch: {},
  unwatch: {},
  restrict: { team: null, people: [], reason: '' },
  snooze: { until: Date.now() + 60_000 },
  unsnooze: {},
  'note-alerts': {},
  'acknowledge-alerts': {},
  'silence-alerts': { until: Date.now() + 60_000 },
  'end-silence': {},
  'escalate-to-team': { team: ulid(), reason: 'x' },
  'escalate-upward': { reason: 'x' },
  'end-escalation': { reason: 'x' },
  'pass-threshold': { metric: 'response', percent: 75 },
  'begin-call': { team: null },
  'take-call-step': { call: 1, round: 0, step: 0 },
  'acknowledge-call': { team: null },
  'stop-call': { team: null, reason: 'x' },
  'begin-review': {},
  'waive-review': { reason: 'x' },
  'move-review': { to: 'in_review' },
  'add-review-action': { action: ulid(), text: 'x', owner: ulid(), dueAt: Date.now() },
  'drop-review-action': { action: ulid() },
  'send-report': { conditions: 'x', actions: '', needs: '' },
  'set-report-interval': { minutes: 30 },
  'remind-report': { due: 1, stage: 'soon' },
  'propose-major': { severity: 1, reason: 'x' },
  'accept-major': {},
  'reject-major': { reason: 'x' },
  'demote-major': { reason: 'x' },
  'close-major': {},
  'set-severity': { severity: 1 },
  'move-phase': { to: 'fixing' },
  'assign-role': { role: 'scribe', person: ulid() },
  'renounce-role': { role: 'scribe', person: ulid() },
  'offer-command': { to: ulid() },
  'answer-command': { answer: 'accept' },
};

const targets = () =>
  [
    ['restricted from the start', born],
    ['narrowed since', narrowed],
  ] as const;

async function forEach(
  look: (session: TestSession, target: Target, what: string) => Promise<void>,
): Promise<void> {
  for (const [who, session] of outsiders)
    for (const [which, target] of targets()) await look(session, target, `${who}, a record ${which}`);
}

describe('whoever may not read a record', () => {
  it.each(Object.entries(REQUESTS))('[INC-134] gets by %s what they get for none', async (_what, path) => {
    const none = nowhere();
    await forEach(async (session, target, what) => {
      const [there, absent] = await Promise.all(
        [target, none].map(async (one) => {
          const answer = await session.call('GET', path(one));
          return `${answer.status} ${about(one, await answer.text())}`;
        }),
      );
      expect(there, what).toBe(absent);
    });
  });

  it('[INC-134] finds none of its words by search, and it in no list, whatever that is narrowed to', async () => {
    const narrowings = [
      ...['', 'process=incident', 'state=new', `owner=${agent.person}`, `requester=${agent.person}`],
      'limit=200',
    ];
    const paths = [
      ...SEARCHES.map((word) => `/api/search?q=${word}`),
      ...narrowings.map((query) => `/api/records?${query}`),
    ];
    await forEach(async (session, target) => {
      for (const path of paths) {
        const text = await (await session.call('GET', path)).text();
        expectNothingOf(target, text);
      }
    });
    const found = await (await lead.call('GET', `/api/search?q=${WORDS.note}`)).text();
    expect(found).toContain(narrowed.id);
  });

  it('[INC-134] is told nothing of it by any documented address that is read', async () => {
    const { paths } = (await (await server.call('GET', '/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const read = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []));
    expect(read).toContain('/api/records/{id}');
    await forEach(async (session, target, what) => {
      for (const path of read) {
        const address = path.replaceAll(/\{[^}]+\}/g, target.id);
        const answer = await session.call('GET', address);
        // an answer may say the address back
        const text = (await answer.text()).replaceAll(address, '');
        for (const word of Object.values(WORDS)) expect(text, `${what}: ${path}`).not.toContain(word);
        expect(text, `${what}: ${path}`).not.toContain(target.number);
      }
    });
  });

  it.each(Object.keys(TICKET_ARGS).filter((verb) => verb !== 'create'))(
    '[INC-134] is answered to %s on it as on none, well-formed or not',
    async (verb) => {
      const none = nowhere();
      await forEach(async (session, target, what) => {
        for (const args of [ARGS[verb as keyof typeof ARGS], { nonsense: true }]) {
          const [there, absent] = await Promise.all(
            [target, none].map(async (one) => {
              const { id, ...outcome } = await session.run(`incident.${verb}`, one.id, args, 1);
              return about(one, JSON.stringify(outcome)).replaceAll(id, '');
            }),
          );
          expect(there, what).toBe(absent);
          expect(there).toContain('incident/no-such-record');
        }
      });
    },
  );

  it('[INC-134] makes none in its place, and links or merges nothing with it', async () => {
    const none = nowhere();
    const [, colleague] = outsiders[0] ?? [];
    if (colleague === undefined) throw new Error('nobody');
    const own = await colleague.createTicket('incident', { requester: colleague.person });
    for (const [, target] of targets()) {
      await expect(colleague.createTicket('incident', {})).resolves.toBeDefined();
      const again = await colleague.run('incident.create', target.id, {
        ...{ kind: 'incident', title: 'mine', description: '', impact: 1, urgency: 1, channel: 'desk' },
        ...{ requester: colleague.person, service: null, category: null, team: null },
      });
      expect(about(target, JSON.stringify({ ...again, id: '' }))).toBe(
        '{"id":"","outcome":"refused","refusal":{"code":"incident/no-such-record","record":"ID"}}',
      );
      for (const kind of ['parent', 'child', 'related', 'duplicate', 'causes', 'caused-by']) {
        for (const verb of ['link', 'unlink']) {
          const [there, absent] = await Promise.all(
            [target, none].map(async (one) => {
              const outcome = await colleague.run(`incident.${verb}`, own.id, { kind, target: one.id }, 1);
              return about(one, JSON.stringify({ ...outcome, id: '' }));
            }),
          );
          expect(there).toBe(absent);
        }
      }
      const [there, absent] = await Promise.all(
        [target, none].map(async (one) => {
          const outcome = await colleague.run('incident.merge', own.id, { into: one.id }, 1);
          return about(one, JSON.stringify({ ...outcome, id: '' }));
        }),
      );
      expect(there).toBe(absent);
    }
  });

  it('[INC-134] may not open its documents, nor the boards of others that show it', async () => {
    const none = nowhere();
    await forEach(async (session, target, what) => {
      for (const kind of ['record', 'journal', 'room']) {
        const there = await bytesOf(session, `${kind}/${target.id}`);
        expect(there, what).toEqual(await bytesOf(session, `${kind}/${none.id}`));
        expect(there.close).toMatch(new RegExp(`^${CLOSE.forbidden} `));
      }
      for (const person of [agent.person, lead.person, ulid()]) {
        for (const epoch of [1, 2]) {
          const own = await bytesOf(session, `board/incident/person/${person}@${epoch}`);
          expect(own, what).toEqual({ text: '', close: `${CLOSE.forbidden} you may not read this document` });
        }
      }
    });
  });

  it('[INC-134] [INC-132] gets no byte of it with any document that they hold', async () => {
    for (const [who, session] of outsiders) {
      for (const name of await namesFor(session)) {
        const { text } = await bytesOf(session, name);
        for (const [, target] of targets()) {
          for (const word of Object.values(WORDS)) expect(text, `${who}: ${name}`).not.toContain(word);
          expect(text, `${who}: ${name}`).not.toContain(target.number);
        }
        // what they tried above is in their own inbox with the id that they named; and a board that showed a record
        // keeps its id as a deleted key until its next epoch
        if (parseName(name)?.kind !== 'inbox') expect(text, `${who}: ${name}`).not.toContain(born.id);
      }
    }
  });

  it('[INC-134] is told what they tried, and the readers find it all', async () => {
    const inbox = lead.open(`inbox/${lead.person}`);
    await inbox.synced();
    expect(readInbox(inbox.doc).requests).toEqual([]);
    const [own = ''] = (await namesFor(lead)).filter((name) => name.startsWith('board/incident/person/'));
    const board = lead.open(own);
    await board.synced();
    const shown = readRows(board.doc).tickets.map(({ id }) => id);
    expect(shown.toSorted()).toEqual([born.id, narrowed.id].toSorted());
    expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });
});

describe('a narrowing while somebody looks', () => {
  it('[INC-133] closes what they hold within two seconds and takes the row off, and opening brings it back', async () => {
    const [, colleague] = outsiders[0] ?? [];
    if (colleague === undefined) throw new Error('nobody');
    const { id } = await agent.createTicket('incident', { title: 'Carillon' });
    const names = await namesFor(colleague);
    const main = names.find((name) => name.startsWith('board/incident@')) ?? '';
    const [leads = ''] = (await namesFor(lead)).filter((name) => name.startsWith('board/incident/person/'));
    const board = colleague.open(main);
    const leadsBoard = lead.open(leads);
    const held = ['record', 'journal', 'room'].map((kind) => colleague.open(`${kind}/${id}`));
    await Promise.all([board, leadsBoard, ...held].map((client) => client.synced()));
    const row = (client: typeof board) => readRows(client.doc).tickets.find((ticket) => ticket.id === id);
    expect(row(board)?.title).toBe('Carillon');

    const from = performance.now();
    const readers = [agent.person, lead.person];
    const restrict = { team: null, people: readers, reason: 'A leak.' };
    await applied(agent.run('incident.restrict', id, restrict, 1));
    const closes = await Promise.all(held.map((client) => client.closed()));
    expect(performance.now() - from).toBeLessThan(2_000);
    expect(closes.map(({ code }) => code)).toEqual([CLOSE.forbidden, CLOSE.forbidden, CLOSE.forbidden]);
    for (const { doc } of held)
      expect(JSON.stringify(doc.getArray('events').toJSON())).not.toContain('A leak.');
    await expect.poll(() => row(board)).toBeUndefined();
    await expect.poll(() => row(leadsBoard)?.readers).toEqual(readers);

    await applied(agent.run('incident.restrict', id, { team: null, people: [], reason: '' }, 2));
    await expect.poll(() => row(board)?.readers).toEqual([]);
    await expect.poll(() => row(leadsBoard)).toBeUndefined();
    const again = colleague.open(`journal/${id}`);
    await again.synced();
    expect(again.provider.synced).toBe(true);
  });

  it('[INC-135] tells nobody else who is at it', async () => {
    const [, colleague] = outsiders[0] ?? [];
    if (colleague === undefined) throw new Error('nobody');
    const { id } = await agent.createTicket('incident', { title: 'Celesta' });
    const main = (await namesFor(agent)).find((name) => name.startsWith('board/incident@')) ?? '';
    const [ours, theirs] = [agent.open(main), colleague.open(main)];
    await Promise.all([ours.synced(), theirs.synced()]);
    const told = () => JSON.stringify([...theirs.provider.awareness.getStates().values()]);
    ours.provider.awareness.setLocalState({ at: { record: id, part: null, idle: false } });
    await expect.poll(told).toContain(id);
    const restrict = { team: null, people: [agent.person], reason: 'A leak.' };
    await applied(agent.run('incident.restrict', id, restrict, 1));
    await expect.poll(told).not.toContain(id);
    ours.provider.awareness.setLocalState({ at: { record: id, part: 'note', idle: false } });
    ours.provider.awareness.setLocalState({ at: { record: null, part: null, idle: false } });
    await expect.poll(told).toContain(agent.person);
    expect(told()).not.toContain(id);
  });
});
