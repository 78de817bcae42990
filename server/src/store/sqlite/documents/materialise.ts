/**
 * Documents that come into being on first use: those of a record (record, journal, room) and of a person (inbox,
 * draft). They are made from SQL, so that an import of thousands of records writes no documents at all.
 */
import {
  KINDS,
  appendEvents,
  appendInboxItem,
  markInboxRead,
  parseName,
  reviewStart,
  seedRoom,
  writeRequest,
} from '@muster/documents';
import type { DocumentKind, DocumentName, InboxItem, InboxKind } from '@muster/documents';
import { readingKey } from '@muster/domain/desk';
import { SYSTEM, asSeenBy, audienceOf, isRecordProcess, recordId } from '@muster/domain/shared';
import type { Directory, PersonId, RecordId } from '@muster/domain/shared';
import { failpoint } from '@muster/sync/failpoint';
import type { Kysely, Selectable } from 'kysely';
import * as Y from 'yjs';
import type { Events } from '../../../commands/events.ts';
import type { Records } from '../../../commands/records.ts';
import { HISTORY_TABLES } from '../../history-tables.ts';
import type { Database } from '../../schema.ts';
import type { InboxItemTable } from '../../schema-records.ts';
import { readInstance } from '../instance-row.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import { changeJournal, changeKindOf, changeRoomStart } from './change-documents.ts';
import { configurationJournal, configurationKindOf } from './configuration-documents.ts';
import { freshClientId, reviewClientId, seedClientId } from './client-ids.ts';
import type { DocumentRow } from './document-row.ts';
import type { DocumentLogTables } from './log.ts';
import { isKnownError, knowledgeJournal } from './knowledge-documents.ts';
import { meetingContent, meetingKindOf } from './meeting-documents.ts';
import type { PeopleDocuments } from './people-documents.ts';
import { isProblem, problemJournal } from './problem-documents.ts';
import { isRelease, releaseContent, releaseJournal } from './release-documents.ts';
import type { ServerDocuments } from './server-documents.ts';

/** Newest items that a new inbox document starts with. */
const INBOX_STARTS_WITH = 200;

type Materialised = Extract<
  DocumentName,
  { readonly kind: 'record' | 'journal' | 'room' | 'release' | 'meeting' | 'inbox' | 'draft' | 'article' }
>;

/** Projections of SQL: nobody writes in them but the server. */
const REMADE: ReadonlySet<DocumentKind> = new Set(['record', 'journal', 'release', 'meeting', 'inbox']);

export class Materialiser {
  readonly #statements: Statements;
  readonly #db: Kysely<Database>;
  readonly #log: DocumentLogTables;
  readonly #server: ServerDocuments;
  readonly #people: PeopleDocuments;
  readonly #records: Records;
  readonly #events: Events;
  readonly #directory: () => Promise<Directory>;

  constructor(parts: {
    readonly statements: Statements;
    readonly db: Kysely<Database>;
    readonly log: DocumentLogTables;
    readonly server: ServerDocuments;
    readonly people: PeopleDocuments;
    readonly records: Records;
    readonly events: Events;
    readonly directory: () => Promise<Directory>;
  }) {
    this.#statements = parts.statements;
    this.#db = parts.db;
    this.#log = parts.log;
    this.#server = parts.server;
    this.#people = parts.people;
    this.#records = parts.records;
    this.#events = parts.events;
    this.#directory = parts.directory;
  }

  /** The document of this name, made now if it can be; undefined when its record or person does not exist. */
  async ensure(unit: WriteUnit, raw: string, now: number): Promise<DocumentRow | undefined> {
    const known = this.#log.find(raw);
    if (known !== undefined) return known;
    const name = parseName(raw);
    switch (name?.kind) {
      case 'record':
      case 'journal':
      case 'room':
      case 'release':
      case 'meeting':
      case 'article':
        return this.#hasDocument(name.kind, name.id) ? this.#make(unit, name, now) : undefined;
      case 'inbox':
      case 'draft':
        return (await this.#personExists(name.id)) ? this.#make(unit, name, now) : undefined;
      default:
        return undefined;
    }
  }

  /** Makes a projection whose log is damaged again from SQL, under the next epoch and a client id of its own. */
  async remake(unit: WriteUnit, raw: string, now: number): Promise<DocumentRow | undefined> {
    const name = parseName(raw);
    if (name === null || !REMADE.has(name.kind)) {
      throw new Error(`${raw} cannot be made again`);
    }
    const epoch = (this.#log.find(raw)?.epoch ?? 0) + 1;
    this.#server.forget(raw);
    this.#log.drop(raw);
    unit.epochs.push({ old: raw, next: raw, reason: 'damaged' });
    return this.#make(unit, name as Materialised, now, epoch);
  }

  async #make(
    unit: WriteUnit,
    name: Materialised,
    now: number,
    epoch = this.#generation(),
  ): Promise<DocumentRow | undefined> {
    const room = name.kind === 'room';
    const row = this.#log.make({
      name: name.raw,
      kind: name.kind,
      base: name.raw,
      epoch,
      server_client_id: room ? seedClientId(name.raw) : freshClientId(),
      layout: KINDS[name.kind].layout,
      restricted_to: null,
      made_at: now,
    });
    if (room) {
      this.#people.bind(name.raw, row.server_client_id, SYSTEM);
      this.#people.bind(name.raw, reviewClientId(name.raw), SYSTEM);
    }
    failpoint('document.materialise');
    for (const fill of await this.#contentOf(name)) this.#server.fill(unit, name.raw, now, fill);
    // What people write is not kept in memory here.
    if (room || name.kind === 'draft' || name.kind === 'article') this.#server.forget(name.raw);
    return this.#log.find(name.raw);
  }

  /** Each is an update of its own in the log. */
  async #contentOf(name: Materialised): Promise<readonly ((doc: Y.Doc) => void)[]> {
    switch (name.kind) {
      case 'record':
      case 'journal': {
        if (changeKindOf(this.#statements, name.id) !== null || this.#isOfBoards(name.id))
          return [await changeJournal(this.#statements, this.#events, name.id)];
        if (isRelease(this.#statements, name.id)) return [await releaseJournal(this.#events, name.id)];
        if (isProblem(this.#statements, name.id))
          return [await problemJournal(this.#statements, this.#events, name.id)];
        if (configurationKindOf(this.#statements, name.id) !== null)
          return [configurationJournal(this.#statements, name.id)];
        if (isKnownError(this.#statements, name.id)) return [await knowledgeJournal(this.#events, name.id)];
        const audience = name.kind === 'record' ? 'public' : 'staff';
        const events = await this.#events.since(name.id, 0);
        return [
          (doc) =>
            appendEvents(
              doc,
              events.filter(({ event }) => audienceOf(event) === audience),
            ),
        ];
      }
      case 'room': {
        if (changeKindOf(this.#statements, name.id) !== null)
          return [await changeRoomStart(this.#statements, this.#events, name.id)];
        if (isRelease(this.#statements, name.id) || isProblem(this.#statements, name.id)) return [];
        if (this.#isOfBoards(name.id)) return [];
        const { description, review } = await this.#startOf(name.id);
        const start = reviewStart(reviewClientId(name.raw));
        // the first update of a room passes for the record's own words; the headings are younger
        return [(doc) => seedRoom(doc, description), (doc) => void (review && Y.applyUpdate(doc, start))];
      }
      case 'release':
        return [releaseContent(this.#statements, name.id)];
      case 'meeting':
        return [meetingContent(this.#statements, name.id)];
      case 'inbox':
        return [await this.#inboxOf(name.id)];
      case 'draft':
      case 'article':
        return [];
    }
  }

  #hasDocument(kind: DocumentKind, id: RecordId): boolean {
    return HISTORY_TABLES.some(
      ({ table, documents }) =>
        documents.includes(kind) &&
        this.#statements.prepare(`select 1 from ${table} where id = ?`).get(id) !== undefined,
    );
  }

  #isOfBoards(id: RecordId): boolean {
    return meetingKindOf(this.#statements, id) !== null;
  }

  /** What a room holds before anybody writes in it: its record's description, and the headings of a begun review. */
  async #startOf(record: RecordId): Promise<{ readonly description: string; readonly review: boolean }> {
    const events = await this.#events.since(record, 0);
    const created = events[0]?.event;
    return {
      description: created?.type === 'created' ? created.description : '',
      review: events.some(({ event }) => event.type === 'review-begun'),
    };
  }

  async #inboxOf(person: PersonId): Promise<(doc: Y.Doc) => void> {
    const newest = await this.#db
      .selectFrom('inbox_item')
      .selectAll()
      .where('person', '=', person)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(INBOX_STARTS_WITH)
      .execute();
    const requests = await this.#records.requestsOf(person);
    const readings = await this.#db
      .selectFrom('announcement_reader')
      .select(['announcement', 'revision', 'at'])
      .where('person', '=', person)
      .execute();
    const reader = (await this.#directory()).people.get(person) ?? null;
    return (doc) => {
      for (const row of newest.toReversed()) {
        appendInboxItem(doc, inboxItemOf(row));
        if (row.read_at !== null) markInboxRead(doc, [row.id], row.read_at);
      }
      for (const { announcement, revision, at } of readings)
        markInboxRead(doc, [readingKey(announcement, revision)], at);
      for (const ticket of requests) writeRequest(doc, asSeenBy(reader, ticket));
    };
  }

  async #personExists(person: PersonId): Promise<boolean> {
    const row = await this.#db.selectFrom('person').select('id').where('id', '=', person).executeTakeFirst();
    return row !== undefined;
  }

  #generation(): number {
    return readInstance(this.#statements).generation;
  }
}

export function inboxItemOf(row: Selectable<InboxItemTable>): InboxItem {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind as InboxKind,
    process: row.process !== null && isRecordProcess(row.process) ? row.process : null,
    record: row.record === null ? null : recordId(row.record),
    detail: JSON.parse(row.detail) as Readonly<Record<string, unknown>>,
  };
}
