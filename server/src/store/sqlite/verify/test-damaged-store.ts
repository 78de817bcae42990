/** For tests: a store with something of everything, and ways to change it by hand behind its back. */
import type Sqlite from 'better-sqlite3';
import {
  boardName,
  draftName,
  inboxName,
  journalName,
  parseName,
  recordName,
  roomFragment,
  roomName,
} from '@muster/documents';
import { SYSTEM } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { copyFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../../store.ts';
import {
  ANNE,
  BERT,
  NETWORK,
  RITA,
  actor,
  admitPeople,
  command,
  createIncident,
  runOne,
} from '../../test-store.ts';
import { openConnection } from '../connection.ts';
import { docOf } from '../documents/fold.ts';
import { DocumentLogTables } from '../documents/log.ts';
import type { ChainEnd } from '../instance-row.ts';
import { addMigrationFunctions } from '../migrations/sql-functions.ts';
import { openSqliteStore } from '../open.ts';
import { Statements } from '../statements.ts';
import { verifyStore } from './verify.ts';

export const BOARD = boardName('incident', 1);

/** A copy changed so, as SQL or by a connection. */
export type Change = string | ((connection: Sqlite.Database) => void);

/** What was changed, how, and the one finding that names it. */
export type Case = readonly [what: string, change: Change, finding: RegExp];

/** Tests that nothing is found in the sound store, and each case in a copy of it. */
export function describeFindings(name: string, sound: string, cases: readonly Case[]): void {
  describe(name, { timeout: 60_000 }, () => {
    it('finds nothing in a store that was left alone', () => {
      expect(findingsAfter(sound, '')).toEqual([]);
    });

    it.each(cases)('names %s', (_what, change, finding) => {
      const findings = findingsAfter(sound, change);
      expect(
        findings.filter((words) => finding.test(words)),
        findings.join('\n'),
      ).toHaveLength(1);
    });
  });
}

/** Makes the store; answers the id of its first record. */
export async function makeSoundStore(file: string): Promise<RecordId> {
  const store = await openSqliteStore({ file });
  await admitPeople(store);
  const first = await createIncident(store);
  const restricted = await createIncident(store, { restrictedTo: NETWORK }, actor(ANNE, 'agent', [NETWORK]));
  for (const name of [
    recordName(first),
    journalName(first),
    roomName(first),
    inboxName(RITA),
    inboxName(BERT),
  ])
    await store.documents.load(name);
  await store.documents.load(draftName(BERT));
  await runOne(store, command('incident.claim', first, {}, 1), actor(ANNE));
  // loses the race and is told
  await runOne(store, command('incident.claim', first, {}, 1), actor(BERT));
  await runOne(store, command('incident.comment', first, { text: 'for staff' }, 2), actor(ANNE));
  await write(store, roomName(first), ANNE, (doc) =>
    roomFragment(doc, 'notes').insert(0, [new Y.XmlElement('p')]),
  );
  for (let fold = 0; fold < 2; fold += 1) {
    await runOne(store, command('incident.reply', first, { text: `word ${fold}` }, 3), actor(ANNE));
    await write(store, roomName(first), ANNE, (doc) =>
      roomFragment(doc, 'notes').insert(0, [text(`note ${fold}`)]),
    );
    for (const name of [BOARD, roomName(first)]) await store.documents.compact(name);
  }
  await runOne(
    store,
    command('incident.reply', restricted, { text: 'hush' }, 1),
    actor(ANNE, 'agent', [NETWORK]),
  );
  await write(store, roomName(first), ANNE, (doc) =>
    roomFragment(doc, 'notes').insert(0, [text('xylophone')]),
  );
  await vi.waitUntil(async () => (await store.verify()).roomsNotIndexed === 0, {
    timeout: 20_000,
    interval: 100,
  });
  await store.close();
  return first;
}

/** The findings in a copy of a sound store after a change behind its back. */
function findingsAfter(sound: string, change: Change): readonly string[] {
  const copy = `${sound}.copy`;
  copyFileSync(sound, copy);
  const connection = openConnection(copy, { readonly: false });
  const statements = new Statements(connection);
  const marked = statements
    .prepare('select chain_seq as seq, chain_hash as hash from instance')
    .get() as ChainEnd;
  if (typeof change === 'string') connection.exec(change);
  else change(connection);
  const report = verifyStore(statements, marked);
  connection.close();
  expect(report.ok).toBe(report.findings.length === 0);
  return report.findings;
}

/** Writes as somebody at a browser does: a copy of the document, a client id of its own, an update. */
async function write(
  store: Store,
  name: string,
  person: typeof ANNE,
  edit: (doc: Y.Doc) => void,
): Promise<void> {
  const loaded = await store.documents.load(name);
  const doc = docOf(loaded?.snapshot ?? null, loaded?.tail ?? []);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => edit(doc));
  const update = Y.encodeStateAsUpdate(doc, before);
  const clientIds = [doc.clientID];
  expect(await store.documents.append({ name, person, session: 's', clientIds, update })).toMatchObject({
    ok: true,
  });
}

function text(words: string): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  return paragraph;
}

/** A change of a document that is whole in its log and wrong in what it says. */
export function forged(name: () => string, edit: (doc: Y.Doc) => void, person: string = SYSTEM): Change {
  return (connection) => {
    const log = new DocumentLogTables(new Statements(connection));
    const row = log.find(name());
    if (row === undefined) throw new Error(`there is no ${name()}`);
    const { snapshot, tail } = log.read(row);
    const doc = docOf(snapshot, tail);
    const before = Y.encodeStateVector(doc);
    doc.transact(() => edit(doc));
    log.append(row.name, row.head_seq, { person, session: 's' }, Y.encodeStateAsUpdate(doc, before), 1);
  };
}

/** Puts a snapshot in the place of another, with a sound hash. */
export function swapSnapshot(connection: Sqlite.Database): void {
  const statements = new Statements(connection);
  const row = statements.prepare(`select name from document where kind = 'room'`).get() as { name: string };
  expect(parseName(row.name)?.kind).toBe('room');
  sealed(`update document_snapshot set bin =
    (select bin from document_snapshot where name = '${row.name}' order by seq limit 1) where name = '${row.name}'`)(
    connection,
  );
}

/** A change by somebody who gives each row the sum that it has then. */
export function sealed(change: string): (connection: Sqlite.Database) => void {
  return (connection) => {
    addMigrationFunctions(connection);
    connection.exec(`${change};
      update document_update set crc = update_sum(name, seq, person, session, at, recovered, bin);
      update document_snapshot set sha256 = row_hash(name, seq, at, bin)`);
  };
}
