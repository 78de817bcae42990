/** Ours: the real server with its real store on disk. Only its limits are wider, since one person stands for many. */
import { personId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestPerson, TestServer } from '@muster/server/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { believableHistories } from '../../../support/believable.ts';
import { seededHistory } from '../../../support/records.ts';
import type { History } from '../../../support/records.ts';
import type { BoardServer, Prepared } from './server.ts';

const PEOPLE = 20;
const BATCH = 500;
/** A desk has requests as well: of so many times the records, enough are incidents. */
const MORE = 3;
const SEED = 2026;
const ID_BITS = 30;
const ENOUGH = 1e9;

/** A generator is hundreds of people on few sessions, and writes as fast as it is answered. */
const WIDE_LIMITS = {
  messagesPerSecond: ENOUGH,
  messageBurst: ENOUGH,
  bytesPerSecond: ENOUGH,
  byteBurst: ENOUGH,
  stockDocuments: ENOUGH,
  channelSockets: ENOUGH,
  documentBytes: ENOUGH,
};

export async function startMuster(folder: string): Promise<BoardServer> {
  const isNew = !existsSync(join(folder, 'muster.db'));
  const people = isNew ? Array.from({ length: PEOPLE }, (_, index) => agent(index)) : [];
  const server = await startTestServer({
    dataFolder: folder,
    people,
    limits: WIDE_LIMITS,
    commandsPerMinute: ENOUGH,
  });
  const address = `${server.url.replace(/^http:\/\/localhost/, 'ws://127.0.0.1')}/sync/`;
  return {
    address,
    dialect: 'acknowledged',
    prepare: ({ documents, people }) => prepare(server, documents, people),
    makeBoard: (rows) => makeBoard(server, rows),
  };
}

function agent(index: number): TestPerson {
  return { email: `agent${index}@bench.test`, roles: ['agent'], teams: ['Desk'] };
}

async function prepare(server: TestServer, documents: number, people: number): Promise<Prepared> {
  const emails = server.accounts.slice(0, people).map(({ email }) => email);
  const sessions = await Promise.all(emails.map((email) => server.signIn(email)));
  const staff = server.accounts.map(({ id }) => id);
  const cast = { requester: staff[0] ?? personId(''), staff, teams: [...server.teams.values()] };
  const now = Date.now();
  await makeRecords(
    server,
    Array.from({ length: documents }, (_, index) => seededHistory(index, cast, now)),
  );
  const records = await server.store.reader
    .selectFrom('record')
    .select(['id', 'process'])
    .orderBy('id')
    .execute();
  const rooms = records.map(({ id }) => `room/${id}`);
  // made at first use, and written to disk then: what is measured is opening what exists, as with the peers
  for (let from = 0; from < rooms.length; from += BATCH)
    await Promise.all(rooms.slice(from, from + BATCH).map((room) => server.store.documents.load(room)));
  return {
    documents: rooms,
    cookies: sessions.map(({ cookie }) => cookie),
    incidents: records.filter(({ process }) => process === 'incident').map(({ id }) => id),
  };
}

/** As scattered as those of a real desk, all of one process. */
async function makeBoard(server: TestServer, rows: number): Promise<{ name: string; cookie: string }> {
  const histories = believableHistories(rows * MORE, SEED, Date.now(), ID_BITS).filter(isIncident);
  if (histories.length < rows) throw new Error(`${histories.length} incidents where ${rows} are wanted`);
  await makeRecords(server, histories.slice(0, rows));
  const { cookie } = await server.signIn(agent(0).email);
  const listed = await server.call('GET', '/api/documents', undefined, { cookie });
  const name = /board\/incident@\d+/.exec(await listed.text())?.[0];
  if (name === undefined) throw new Error('the board is not listed');
  return { name, cookie };
}

function isIncident({ events }: History): boolean {
  const [first] = events;
  return first?.event.type === 'created' && first.event.process === 'incident';
}

async function makeRecords({ store }: TestServer, histories: readonly History[]): Promise<void> {
  for (let from = 0; from < histories.length; from += BATCH) {
    const batch = histories.slice(from, from + BATCH);
    const outcomes = await store.commands.importHistories(batch, { dryRun: false });
    const other = outcomes.find(({ outcome }) => outcome !== 'made');
    if (other !== undefined) throw new Error(`a record was ${other.outcome}: ${other.reason ?? ''}`);
  }
}
