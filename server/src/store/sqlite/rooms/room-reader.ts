/** Answers what a room was, in the replayer's thread. */
import { packRecording, readRoomContent } from '@muster/documents';
import type { Frame } from '@muster/documents';
import * as Y from 'yjs';
import { Unreadable } from '../../replay/packed.ts';
import type { Replay, RoomAt, SittingsPage } from '../../rooms.ts';
import type { Statements } from '../statements.ts';
import { ownBytes } from '../documents/log.ts';
import { replay } from './replay.ts';
import { DamagedHistory, RoomLog } from './room-log.ts';
import { sittingsOf } from './sittings.ts';

export function readContentAt(
  statements: Statements,
  room: string,
  at: number,
  since: number | null,
): Replay<Uint8Array> {
  return reading<Uint8Array>(() => {
    const log = new RoomLog(statements, room);
    const seq = log.seqAt(at);
    const sinceSeq = since === null ? null : Math.min(seq, log.seqAt(since));
    if (seq < log.beginsAfter() || (sinceSeq ?? seq) < log.beginsAfter()) return { outcome: 'not-kept' };
    const { doc, attribution } = replay(log, seq, { from: sinceSeq ?? seq, collect: false });
    const content = readRoomContent(doc, attribution.provenance(sinceSeq));
    doc.destroy();
    const found: RoomAt = { seq, changedAt: log.committedAt(seq), since: sinceSeq, content };
    return { outcome: 'found', found: new TextEncoder().encode(JSON.stringify(found)) };
  });
}

export function readStateAt(statements: Statements, room: string, at: number): Replay<Uint8Array> {
  return reading<Uint8Array>(() => {
    const log = new RoomLog(statements, room);
    const seq = log.seqAt(at);
    if (seq < log.beginsAfter()) return { outcome: 'not-kept' };
    const { doc } = replay(log, seq, { from: seq, collect: true });
    const found = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return { outcome: 'found', found };
  });
}

/** Begins with the state before the first update that is kept, where the log was pruned before rooms were kept. */
export function readRecording(statements: Statements, room: string): Replay<Uint8Array> {
  return reading<Uint8Array>(() => {
    const log = new RoomLog(statements, room);
    const begins = log.beginsAfter();
    const base = begins === 0 ? null : log.checkpoint(begins);
    function* frames(): Generator<Frame> {
      if (base !== null) yield { at: base.at, update: ownBytes(base.state) };
      for (const { at, update } of log.updates(begins, log.headSeq())) yield { at, update };
    }
    return { outcome: 'found', found: packRecording(base?.at ?? null, frames()) };
  });
}

export function readSittings(
  statements: Statements,
  room: string,
  before: number | null,
  limit: number,
): Replay<SittingsPage> {
  return reading<SittingsPage>(() => {
    const all = sittingsOf(new RoomLog(statements, room).entries());
    const older = before === null ? all : all.filter(({ lastSeq }) => lastSeq < before);
    const sittings = older.slice(-limit).toReversed();
    const next = sittings.length < older.length ? (sittings.at(-1)?.lastSeq ?? null) : null;
    return { outcome: 'found', found: { sittings, next, total: all.length } };
  });
}

function reading<Form>(read: () => Replay<Form>): Replay<Form> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DamagedHistory || error instanceof Unreadable)) throw error;
    return { outcome: 'damaged', what: error.message };
  }
}
