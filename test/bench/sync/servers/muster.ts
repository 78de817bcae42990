/** Ours: the real server with its real store on disk. Only its limits are wider, since one person stands for many. */
import { personId } from '@muster/domain/shared';
import { startTestServer } from '@muster/server/testing';
import type { TestPerson, TestServer } from '@muster/server/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { seededHistory } from '../../../support/records.ts';
import type { BenchServer, Prepared } from './server.ts';

const PEOPLE = 20;
const BATCH = 500;
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

export async function startMuster(folder: string): Promise<BenchServer> {
  const isNew = !existsSync(join(folder, 'muster.db'));
  const people = isNew ? Array.from({ length: PEOPLE }, (_, index) => agent(index)) : [];
  const server = await startTestServer({ dataFolder: folder, people, limits: WIDE_LIMITS });
  const address = `${server.url.replace(/^http:\/\/localhost/, 'ws://127.0.0.1')}/sync/`;
  return {
    address,
    dialect: 'acknowledged',
    prepare: ({ documents, people }) => prepare(server, documents, people),
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
  const histories = Array.from({ length: documents }, (_, index) => seededHistory(index, cast, now));
  for (let from = 0; from < histories.length; from += BATCH) {
    const outcomes = await server.store.commands.importHistories(histories.slice(from, from + BATCH), {
      dryRun: false,
    });
    const other = outcomes.find(({ outcome }) => outcome !== 'made');
    if (other !== undefined) throw new Error(`a record was ${other.outcome}: ${other.reason ?? ''}`);
  }
  const records = await server.store.reader.selectFrom('record').select('id').orderBy('id').execute();
  return {
    documents: records.slice(-documents).map(({ id }) => `room/${id}`),
    cookies: sessions.map(({ cookie }) => cookie),
  };
}
