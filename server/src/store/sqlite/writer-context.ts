import {
  CHANGE_RULES_NAME,
  CONFIGURATION_RULES_NAME,
  ONCALL_NAME,
  noticeName,
  parseName,
} from '@muster/documents';
import type { Directory, RecordId, TeamId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ChangeBook } from '../../commands/changes/change-book.ts';
import { ConfigurationBook } from '../../commands/configuration/configuration-book.ts';
import { Events } from '../../commands/events.ts';
import { Records } from '../../commands/records.ts';
import { TextIndex } from '../../commands/text-index.ts';
import { loadDirectory } from '../directory.ts';
import type { Database } from '../schema.ts';
import { queriesOver } from './dialect.ts';
import type { DocumentRow } from './documents/document-row.ts';
import { writeRulesDocument } from './documents/change-documents.ts';
import { writeConfigurationRulesDocument } from './documents/configuration-documents.ts';
import { EpochDocuments } from './documents/epoch-documents.ts';
import { DocumentLogTables } from './documents/log.ts';
import { showNamed } from './documents/hidden-incidents.ts';
import { Materialiser } from './documents/materialise.ts';
import { writeNotices } from './documents/notice-document.ts';
import { writeSchedules } from './documents/oncall-document.ts';
import { PeopleDocuments } from './documents/people-documents.ts';
import { Recovery } from './documents/recovery.ts';
import { RoomPlans } from './documents/room-plans.ts';
import { RoomIndex } from './documents/room-index.ts';
import { Snapshots } from './documents/snapshots.ts';
import { RoomKeeping } from './rooms/room-keeping.ts';
import { DamagedDocument, ServerDocuments } from './documents/server-documents.ts';
import { readInstance } from './instance-row.ts';
import type { Statements } from './statements.ts';
import type { WriteUnit } from './write-unit.ts';

/** Everything that lives in the writer's thread, put together once over its connection. */
export class WriterContext {
  readonly statements: Statements;
  readonly db: Kysely<Database>;
  readonly records: Records;
  readonly events: Events;
  readonly log: DocumentLogTables;
  readonly server: ServerDocuments;
  readonly people: PeopleDocuments;
  readonly epochs: EpochDocuments;
  readonly snapshots: Snapshots;
  readonly rooms: RoomIndex;
  readonly roomKeeping: RoomKeeping;
  readonly materialiser: Materialiser;
  readonly book: ChangeBook;
  readonly configuration: ConfigurationBook;
  readonly roomPlans: RoomPlans;
  /** Whether news goes out by mail. */
  readonly mail: boolean;
  #directory: Directory | null = null;

  constructor(statements: Statements, options: { readonly recoveryMs: number; readonly mail: boolean }) {
    this.statements = statements;
    this.mail = options.mail;
    this.db = queriesOver(statements);
    this.records = new Records(this.db);
    this.events = new Events(this.db);
    this.log = new DocumentLogTables(statements);
    this.server = new ServerDocuments(this.log);
    this.people = new PeopleDocuments(statements, this.log, new Recovery(statements, options.recoveryMs));
    this.snapshots = new Snapshots(statements);
    this.epochs = new EpochDocuments({ ...this, statements });
    this.rooms = new RoomIndex(statements, this.log, this.records, new TextIndex(this.db));
    this.roomKeeping = new RoomKeeping(statements);
    this.roomPlans = new RoomPlans(this.log);
    this.configuration = new ConfigurationBook({ ...this, directory: () => this.directory() });
    this.book = new ChangeBook({
      ...this,
      directory: () => this.directory(),
      configurationFacts: () => this.configuration.facts(),
    });
    this.materialiser = new Materialiser({ ...this, directory: () => this.directory() });
  }

  /** The directory as rules see it: kept until it is refreshed. */
  async directory(): Promise<Directory> {
    this.#directory ??= await loadDirectory(this.db);
    return this.#directory;
  }

  async refreshDirectory(unit: WriteUnit, now: number): Promise<void> {
    unit.onUndo(() => {
      this.#directory = null;
    });
    this.#directory = await loadDirectory(this.db);
    this.book.forget(unit);
    await this.epochs.ensure(unit, this.#directory, now);
    const directory = this.#directory;
    const { generation } = readInstance(this.statements);
    for (const name of this.epochs.directoryNames())
      await this.repairing(unit, name, now, () => this.epochs.writeDirectory(unit, name, directory, now));
    for (const team of [null, ...directory.teams.keys()]) {
      await this.repairing(unit, noticeName(team), now, () =>
        writeNotices(unit, this, team, generation, now),
      );
    }
    await this.repairing(unit, ONCALL_NAME, now, () =>
      writeSchedules(unit, this, directory.schedules, generation, now),
    );
    const rules = await this.book.rules();
    await this.repairing(unit, CHANGE_RULES_NAME, now, () =>
      writeRulesDocument(unit, this, rules, generation, now),
    );
    const configured = await this.configuration.rules();
    await this.repairing(unit, CONFIGURATION_RULES_NAME, now, () =>
      writeConfigurationRulesDocument(unit, this, configured, generation, now),
    );
  }

  /** The directory is read anew when somebody next asks for it. */
  forgetDirectory(unit: WriteUnit): void {
    this.#directory = null;
    unit.onUndo(() => {
      this.#directory = null;
    });
  }

  /** Runs a change of a projection; when its log turns out damaged, makes it again from SQL instead. */
  async repairing(
    unit: WriteUnit,
    name: string,
    now: number,
    change: () => void | Promise<void>,
  ): Promise<void> {
    try {
      await change();
    } catch (error) {
      if (!(error instanceof DamagedDocument)) throw error;
      const row = this.log.find(name);
      if (row !== undefined) await this.remake(unit, row, now);
    }
  }

  /** Makes changes that named an incident say of it what everybody who reads them may know now. */
  showNamed(unit: WriteUnit, incident: RecordId, now: number): Promise<void> {
    return showNamed(unit, this, incident, now);
  }

  /** Makes a damaged projection again from SQL; undefined when its next epoch has another name. */
  async remake(unit: WriteUnit, row: DocumentRow, now: number): Promise<DocumentRow | undefined> {
    switch (row.kind) {
      case 'board':
      case 'directory':
      case 'change-board':
      case 'release-board':
      case 'meeting-board':
      case 'problem-board':
      case 'configuration-board':
      case 'knowledge-board':
      case 'help-board':
        await this.epochs.rotate(unit, row.name, 'damaged', await this.directory(), now);
        return undefined;
      case 'notice':
      case 'oncall':
      case 'rules':
      case 'configuration-rules':
        this.server.forget(row.name);
        this.log.drop(row.name);
        unit.epochs.push({ old: row.name, next: row.name, reason: 'damaged' });
        if (row.kind === 'notice') await writeNotices(unit, this, teamOfNotice(row.name), row.epoch + 1, now);
        else if (row.kind === 'rules')
          writeRulesDocument(unit, this, await this.book.rules(), row.epoch + 1, now);
        else if (row.kind === 'configuration-rules')
          writeConfigurationRulesDocument(unit, this, await this.configuration.rules(), row.epoch + 1, now);
        else writeSchedules(unit, this, (await this.directory()).schedules, row.epoch + 1, now);
        return this.log.find(row.name);
      default:
        return this.materialiser.remake(unit, row.name, now);
    }
  }

  /** What the command path works with. */
  get tools(): {
    readonly db: Kysely<Database>;
    readonly records: Records;
    readonly events: Events;
    readonly book: ChangeBook;
    readonly configuration: ConfigurationBook;
  } {
    const { db, records, events, book, configuration } = this;
    return { db, records, events, book, configuration };
  }
}

function teamOfNotice(raw: string): TeamId | null {
  const name = parseName(raw);
  return name?.kind === 'notice' ? name.team : null;
}
