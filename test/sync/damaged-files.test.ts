/**
 * The files of a store are torn, flipped and mixed up at random. The server then refuses to start in words that say
 * what to do, or it starts: then what can be read is as it was, what cannot is said, and nothing is shown as empty.
 */
import { parseName, readEvents, readRows } from '@muster/documents';
import { startTestServer } from '@muster/server/testing';
import type { TestServer } from '@muster/server/testing';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { wordsOf } from '../support/sync/ledger.ts';
import { note } from '../support/sync/measures.ts';
import { Random, seeds, timeLimit } from '../support/sync/random.ts';
import { storedDocument } from '../support/sync/stored.ts';
import { Trial } from '../support/sync/trial.ts';
import { workUntilDead } from '../support/sync/workday.ts';
import { wreck } from '../support/sync/wreck.ts';

const SEEDS = seeds(20_261_123, { short: 6, perThousand: 250 });
const folder = mkdtempSync(join(tmpdir(), 'muster-damage-'));
const whole = join(folder, 'whole');
const copy = join(folder, 'copy');
const backup = join(folder, 'backup.db');
/** What each document said when its server died, and the least that it can have said before: what was checkpointed. */
const before = new Map<string, { readonly said: readonly unknown[]; readonly least: number }>();

beforeAll(async () => {
  const trial = await Trial.begin(new Random(20_261_123));
  const work = async (answers: number): Promise<void> => {
    await trial.start();
    const moment = trial.answers + answers;
    await workUntilDead(trial, async () => {
      await vi.waitUntil(() => trial.answers >= moment, { timeout: 30_000, interval: 5 });
      await trial.server.kill();
    });
  };
  await work(25);
  const least = await withServer(trial.folder, contents);
  await work(40);
  cpSync(trial.folder, whole, { recursive: true });
  await trial.end();
  const said = await withCopy(async (server) => {
    await server.store.backup(backup);
    return contents(server);
  });
  for (const [name, parts] of said) before.set(name, { said: parts, least: least.get(name)?.length ?? 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withServer<T>(dataFolder: string, use: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startTestServer({ dataFolder, people: [] });
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

function withCopy<T>(use: (server: TestServer) => Promise<T>): Promise<T> {
  copyWhole();
  return withServer(copy, use);
}

function copyWhole(): void {
  rmSync(copy, { recursive: true, force: true });
  cpSync(whole, copy, { recursive: true });
}

/** All boards, histories and rooms, each by its parts: rows, events, words. */
async function contents(server: TestServer): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const rows = await server.store.reader
    .selectFrom('document')
    .select('name')
    .where('frozen_at', 'is', null)
    .execute();
  const said = new Map<string, readonly unknown[]>();
  for (const { name } of rows) said.set(name, partsOf(name, await storedDocument(server, name)));
  return said;
}

function partsOf(name: string, doc: Y.Doc): readonly unknown[] {
  switch (parseName(name)?.kind) {
    case 'board':
      return readRows(doc).tickets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    case 'room':
      return wordsOf(doc);
    case 'record':
    case 'journal':
      return readEvents(doc).events;
    default:
      return [];
  }
}

describe('a store whose files were damaged', () => {
  it.each(SEEDS)(
    'starts with what is whole and names what is not, or refuses in words [seed %i]',
    timeLimit(180_000),
    async (seed) => {
      copyWhole();
      const what = wreck(join(copy, 'muster.db'), new Random(seed));
      // twice: what is found at the first start must not be worse at the second
      for (let start = 0; start < 2; start += 1) {
        const server = await startTestServer({ dataFolder: copy, people: [] }).catch((error: unknown) => {
          expect(String(error), what).toMatch(/damaged.*backup|could not be read/);
          return null;
        });
        if (server === null) break;
        try {
          await expectHonest(server, what);
        } finally {
          await server.stop();
        }
      }
      note('damaged files', 1);
    },
  );

  it('is replaced by its backup', timeLimit(180_000), async () => {
    copyWhole();
    const file = join(copy, 'muster.db');
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    cpSync(backup, file);
    await withServer(copy, async (server) => {
      expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
      const now = await contents(server);
      for (const [name, { said }] of before)
        if (parseName(name)?.kind === 'room') expect(now.get(name), name).toEqual(said);
    });
  });
});

/** Whatever the server shows as whole is as it was; where it is less than it was, the server says so. */
async function expectHonest(server: TestServer, what: string): Promise<void> {
  const report = await server.store.verify().catch((error: unknown) => {
    expect(String(error), what).toMatch(/damaged|could not be read|malformed/);
    return null;
  });
  if (report?.ok === false) expect(report.findings.join(' '), what).toMatch(/\w+: \w+/);
  for (const [name, { said, least }] of before) {
    const loaded = await server.store.documents.load(name).catch(() => null);
    if (loaded === null) {
      // a log that was cut off takes whole documents with it, but none that was there before it
      expect(report?.ok !== true || least === 0, `${what}: ${name} is gone`).toBe(true);
      continue;
    }
    const now = partsOf(name, await storedDocument(server, name));
    if (loaded.damaged) continue;
    if (report?.ok === true && what.startsWith('the file')) expect(now, `${what}: ${name}`).toEqual(said);
    else if (least > 0) expect(now.length, `${what}: ${name} is shown as empty`).toBeGreaterThan(0);
  }
}
