import { parseName, readRoomText } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { TextIndex } from '../../../commands/text-index.ts';
import type { Records } from '../../../commands/records.ts';
import { changeKindOf } from './change-documents.ts';
import { DueRooms } from './due-rooms.ts';
import { docOf } from './fold.ts';
import type { DocumentLogTables } from './log.ts';
import { meetingKindOf } from './meeting-documents.ts';
import { isProblem } from './problem-documents.ts';
import { isRelease } from './release-documents.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';

export type NotePlans = (unit: WriteUnit, change: RecordId) => Promise<void>;

/** Rooms are indexed for so long at a time, so that commits never wait long; at least one is. */
const WORK_MS = 2;
/** How much longer than it worked indexing rests. */
const REST_PER_WORK = 19;

/**
 * Keeps the searchable text of a record's room in step with what people write there, a moment later. How far it came
 * is kept with the room, so that what a process had not indexed when it died is indexed by the next.
 */
export class RoomIndex {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;
  readonly #records: Records;
  readonly #text: TextIndex;
  readonly #changed = new DueRooms();
  #notePlans: NotePlans = () => Promise.resolve();
  /** As `performance.now` counts. */
  #restUntil = 0;

  constructor(statements: Statements, log: DocumentLogTables, records: Records, text: TextIndex) {
    this.#statements = statements;
    this.#log = log;
    this.#records = records;
    this.#text = text;
  }

  /** Rooms that were written to and not indexed, by whichever process. */
  noteBehind(): void {
    const rooms = this.#statements
      .prepare(`select name from document where kind = 'room' and indexed_seq < head_seq`)
      .pluck()
      .all() as string[];
    for (const name of rooms) this.note(name);
  }

  note(name: string): void {
    if (name.startsWith('room/')) this.#changed.note(name, performance.now());
  }

  /** Whether a room is due, and indexing has rested. */
  get waiting(): boolean {
    const now = performance.now();
    return now >= this.#restUntil && this.#changed.next(now) !== null;
  }

  /** @param notePlans Has the rules of changes look at the plans in a room */
  async index(unit: WriteUnit, notePlans: NotePlans): Promise<void> {
    this.#notePlans = notePlans;
    const from = performance.now();
    let tookMs = 0;
    for (
      let raw = this.#changed.next(from);
      raw !== null && tookMs < WORK_MS;
      raw = this.#changed.next(from)
    ) {
      this.#changed.take(raw);
      await this.#show(raw, unit);
      tookMs = performance.now() - from;
    }
    this.#restUntil = from + tookMs * (1 + REST_PER_WORK);
  }

  /** The rules hear of plans that moved a moment after they did, and before anybody acts on the change. */
  async #showPlans(change: RecordId, words: string, unit: WriteUnit): Promise<void> {
    this.#statements
      .prepare('update change_text set room = ? where rowid = (select key from change where id = ?)')
      .run(words, change);
    await this.#notePlans(unit, change);
  }

  #showRelease(release: RecordId, words: string): void {
    this.#statements
      .prepare('update release_text set room = ? where rowid = (select key from release where id = ?)')
      .run(words, release);
  }

  #showProblem(problem: RecordId, words: string): void {
    this.#statements
      .prepare('update problem_text set room = ? where rowid = (select key from problem where id = ?)')
      .run(words, problem);
  }

  async #show(raw: string, unit: WriteUnit): Promise<void> {
    unit.onUndo(() => this.note(raw));
    const name = parseName(raw);
    const row = this.#log.find(raw);
    if (name?.kind !== 'room' || row === undefined) return;
    const record = await this.#records.find(name.id);
    const { snapshot, tail } = this.#log.read(row);
    const doc = docOf(snapshot, tail);
    const words = readRoomText(doc);
    doc.destroy();
    if (record !== null) await this.#text.showRoom(record.key, words);
    else if (changeKindOf(this.#statements, name.id) === 'change')
      await this.#showPlans(name.id, words, unit);
    else if (isRelease(this.#statements, name.id)) this.#showRelease(name.id, words);
    else if (isProblem(this.#statements, name.id)) this.#showProblem(name.id, words);
    else if (meetingKindOf(this.#statements, name.id) !== 'meeting') return;
    this.#statements.prepare('update document set indexed_seq = ? where name = ?').run(row.head_seq, raw);
  }
}
