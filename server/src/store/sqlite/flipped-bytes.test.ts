/**
 * Single bytes of a store are flipped where its logs lie: in rows, in their keys, and in the indexes that lead to
 * them. What is then read as whole is as it was, or `verify` says that something is not.
 */
import { roomFragment, roomName } from '@muster/documents';
import Sqlite from 'better-sqlite3';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Store } from '../store.ts';
import { ANNE, BERT, admitPeople, createIncident, temporaryFolder } from '../test-store.ts';
import { openConnection } from './connection.ts';
import type { DocumentRow } from './documents/document-row.ts';
import { docOf } from './documents/fold.ts';
import { DocumentLogTables } from './documents/log.ts';
import { openSqliteStore } from './open.ts';
import { readContentAt, readSittings, readStateAt } from './rooms/room-reader.ts';
import { Statements } from './statements.ts';
import { verifyStore } from './verify/verify.ts';

const SEED = 20_261_124;
const RUNS = Number(process.env['MUSTER_FUZZ_RUNS'] ?? 0);
/** Whether every entry of the indexes is tried, and not a few. */
const EXHAUSTIVE = RUNS > 0;
/** How many bytes anywhere are tried. */
const ANYWHERE = Math.max(100, RUNS * 10);
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const PAGE = 1024;

const { folder, remove } = temporaryFolder();
const file = join(folder, 'muster.db');
let rooms: readonly string[];
let instants: readonly number[];
/** What a sound store tells. */
let sound: ReadonlyMap<string, string>;

beforeAll(async () => {
  const store = await openSqliteStore({ file });
  await admitPeople(store);
  const [one, two] = [roomName(await createIncident(store)), roomName(await createIncident(store))];
  rooms = [one, two];
  const times: number[] = [];
  // two rooms that grow alike, so that a part of one fits in the place of the same part of the other
  for (const edits of [110, 20, 12]) {
    for (const room of rooms) await type(store, room, edits);
    times.push(Date.now());
    if (edits !== 12) for (const room of rooms) await store.documents.compact(room);
    if (edits === 20) await store.rooms.keep(Date.now() + YEAR_MS);
  }
  instants = [times[0] ?? 0, (times[1] ?? 0) - 2, Date.now()];
  await vi.waitUntil(async () => (await store.verify()).roomsNotIndexed === 0, { timeout: 60_000 });
  await store.close();
  makeSmall();
  const { told, findings } = look();
  expect(findings()).toEqual([]);
  sound = told();
});

afterAll(remove);

/** Two people write in turns, each edit an update of its own. */
async function type(store: Store, room: string, edits: number): Promise<void> {
  const pens = [ANNE, BERT].map((person) => ({ person, doc: new Y.Doc() }));
  const loaded = await store.documents.load(room);
  for (const { doc } of pens)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(docOf(loaded?.snapshot ?? null, loaded?.tail ?? [])));
  for (let edit = 0; edit < edits; edit += 1) {
    const { person, doc } = pens[edit % 2] ?? pens[0]!;
    const before = Y.encodeStateVector(doc);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(`${room.slice(-3)} ${edits} ${edit}`)]);
    roomFragment(doc, 'notes').push([paragraph]);
    const update = Y.encodeStateAsUpdate(doc, before);
    for (const other of pens) Y.applyUpdate(other.doc, update);
    await store.documents.append({ name: room, person, session: 's', clientIds: [doc.clientID], update });
  }
}

/** Small pages and no write-ahead log: more of the bytes in the file mean something. */
function makeSmall(): void {
  const raw = new Sqlite(file);
  raw.pragma('journal_mode = delete');
  raw.pragma(`page_size = ${PAGE}`);
  raw.exec('vacuum');
  raw.close();
}

/** What the store as it lies there tells of its documents and rooms, what says that it is damaged left out. */
function look() {
  const connection = openConnection(file, { readonly: true });
  const statements = new Statements(connection);
  const told = (): Map<string, string> => {
    const parts = new Map<string, string>();
    const tell = (what: string, read: () => string | null): void => {
      const said = orNull(read);
      if (said !== null) parts.set(what, said);
    };
    const log = new DocumentLogTables(statements);
    const rows = (orNull(() => statements.prepare('select * from document').all()) ?? []) as DocumentRow[];
    for (const row of rows) {
      tell(row.name, () => {
        const { snapshot, tail, damage } = log.read(row);
        return damage === null ? latin1(Y.encodeStateAsUpdate(docOf(snapshot, tail))) : null;
      });
    }
    for (const room of rooms) {
      tell(`sittings of ${room}`, () => found(readSittings(statements, room, null, 100)));
      for (const at of instants) {
        tell(`${room} at ${at}`, () => found(readContentAt(statements, room, at, null)));
        tell(`state of ${room} at ${at}`, () => found(readStateAt(statements, room, at)));
      }
    }
    return parts;
  };
  const findings = (): readonly string[] => {
    try {
      return verifyStore(statements, null).findings;
    } catch (error) {
      return [String(error)];
    }
  };
  return { told, findings, statements, close: () => connection.close() };
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function found(replay: ReturnType<typeof readContentAt> | ReturnType<typeof readSittings>): string | null {
  if (replay.outcome !== 'found') return null;
  const { found: form } = replay;
  return form instanceof Uint8Array ? latin1(form) : JSON.stringify(form);
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Looks at the store with one byte changed. */
function withFlipped<T>(place: number, by: number, judge: (looked: ReturnType<typeof look>) => T): T {
  const was = readFileSync(file)[place] ?? 0;
  write(place, was ^ by);
  try {
    const looked = look();
    try {
      return judge(looked);
    } finally {
      looked.close();
    }
  } finally {
    write(place, was);
  }
}

function write(place: number, byte: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Uint8Array.of(byte), 0, 1, place);
  closeSync(handle);
}

/** What is told as whole and is another than it was. */
function untrue(told: ReadonlyMap<string, string>): readonly string[] {
  return [...sound].filter(([what, was]) => (told.get(what) ?? was) !== was).map(([what]) => what);
}

interface Page {
  readonly begins: number;
  readonly bytes: Buffer;
}

function pagesOf(tree: string): readonly Page[] {
  const raw = new Sqlite(file, { readonly: true });
  const numbers = raw.prepare('select pageno from dbstat where name = ?').pluck().all(tree) as number[];
  raw.close();
  const bytes = readFileSync(file);
  return numbers.map((number) => {
    const begins = (number - 1) * PAGE;
    return { begins, bytes: bytes.subarray(begins, begins + PAGE) };
  });
}

/** Where in the file the row ids lie that the entries of an index end with: the last byte of each. */
function rowIdsOf(index: string): readonly number[] {
  return pagesOf(index).flatMap(({ begins, bytes }) => {
    const isLeaf = bytes[0] === 10;
    const cells = bytes.readUInt16BE(3);
    return Array.from({ length: cells }, (_, cell) => {
      const at = bytes.readUInt16BE((isLeaf ? 8 : 12) + 2 * cell) + (isLeaf ? 0 : 4);
      const [size, payload] = varint(bytes, at);
      return begins + payload + size - 1;
    });
  });
}

function varint(bytes: Buffer, from: number): readonly [value: number, next: number] {
  let value = 0;
  for (let at = from; ; at += 1) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + 1];
  }
}

const LOGS = ['document_update', 'document_snapshot', 'room_segment', 'room_checkpoint'] as const;

describe('a flipped byte', { timeout: EXHAUSTIVE ? 3_600_000 : 120_000 }, () => {
  it.each(LOGS)('in an index of %s that leads to another row is seen by who reads and by verify', (table) => {
    const places = rowIdsOf(`sqlite_autoindex_${table}_1`);
    expect(places.length).toBeGreaterThan(1);
    const step = EXHAUSTIVE ? 1 : Math.ceil(places.length / 20);
    for (const place of places.filter((_, index) => index % step === 0)) {
      for (const by of EXHAUSTIVE ? [1, 2, 4, 8] : [1]) {
        withFlipped(place, by, ({ told, findings }) => {
          expect(untrue(told()), `${place} ^ ${by}`).toEqual([]);
          expect(findings(), `${place} ^ ${by}`).not.toEqual([]);
        });
      }
    }
  });

  it(`anywhere in the logs never tells something else unnoticed [seed ${SEED}]`, () => {
    const trees = ['document', 'client_binding', ...LOGS, ...LOGS.map((one) => `sqlite_autoindex_${one}_1`)];
    const places = trees.flatMap((tree) =>
      pagesOf(tree).flatMap(({ begins, bytes }) => [...bytes.keys()].map((byte) => begins + byte)),
    );
    let state = SEED;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    expect(places.length).toBeGreaterThan(PAGE * trees.length);
    for (let turn = 0; turn < ANYWHERE; turn += 1) {
      const [place, by] = [places[next(places.length)] ?? 0, 1 + next(255)];
      withFlipped(place, by, ({ told, findings }) => {
        const other = untrue(told());
        if (other.length > 0) expect(findings(), `${place} ^ ${by}: ${other.join(', ')}`).not.toEqual([]);
      });
    }
  });
});
