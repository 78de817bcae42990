/**
 * Documents with epochs: the boards and the directory. They are projections of SQL and can be made again at any
 * time under the next epoch with a client id that nobody had; the epoch before is frozen and stays readable for a
 * while. Which rows a board holds is decided here: those whose record is live.
 */
import {
  KINDS,
  boardName,
  directoryName,
  parseName,
  removeRow,
  seedBoard,
  withoutEpoch,
  writeDirectory,
  writeRow,
} from '@muster/documents';
import type { DocumentName } from '@muster/documents';
import { TICKET_PROCESSES } from '@muster/domain/shared';
import type { Directory, RecordId, TeamId, Ticket, TicketProcess } from '@muster/domain/shared';
import { failpoint } from '@muster/sync/failpoint';
import type * as Y from 'yjs';
import type { CurrentName } from '../../store.ts';
import type { Records } from '../../../commands/records.ts';
import { readInstance } from '../instance-row.ts';
import { firstEpochOf } from '../instance.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import { freshClientId } from './client-ids.ts';
import { FROZEN_READABLE_MS } from './frozen.ts';
import type { DocumentLogTables } from './log.ts';
import { DamagedDocument } from './server-documents.ts';
import type { ServerDocuments } from './server-documents.ts';

type EpochName = Extract<DocumentName, { readonly kind: 'board' | 'directory' }>;

export class EpochDocuments {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;
  readonly #documents: ServerDocuments;
  readonly #records: Records;

  constructor(statements: Statements, log: DocumentLogTables, documents: ServerDocuments, records: Records) {
    this.#statements = statements;
    this.#log = log;
    this.#documents = documents;
    this.#records = records;
  }

  /** Makes what is missing: a board for each process, one for each team, the directory. */
  async ensure(unit: WriteUnit, directory: Directory, now: number): Promise<void> {
    await this.#ensureOne(unit, directoryName(1), directory, now);
    for (const process of TICKET_PROCESSES) {
      await this.#ensureOne(unit, boardName(process, 1), directory, now);
      for (const team of directory.teams.keys()) {
        await this.#ensureOne(unit, boardName(process, 1, team), directory, now);
      }
    }
  }

  /** Name of the directory's present epoch. */
  directoryName(): string {
    return this.#log.current('directory')?.name ?? directoryName(1);
  }

  writeDirectory(unit: WriteUnit, directory: Directory, now: number): void {
    const row = this.#log.current('directory');
    if (row !== undefined)
      this.#documents.change(unit, row.name, now, (doc) => writeDirectory(doc, directory));
  }

  /** Shows tickets on their boards; each board changes once. `before` finds rows that moved to another board. */
  async project(
    unit: WriteUnit,
    changes: readonly { readonly before: Ticket | null; readonly after: Ticket; readonly live: boolean }[],
    now: number,
  ): Promise<void> {
    const boards = new Map<string, { readonly write: Ticket[]; readonly remove: RecordId[] }>();
    const on = (name: string): { readonly write: Ticket[]; readonly remove: RecordId[] } => {
      const known = boards.get(name) ?? { write: [], remove: [] };
      boards.set(name, known);
      return known;
    };
    for (const { before, after, live } of changes) {
      const name = await this.#boardOf(unit, after.process, after.restrictedTo, now);
      if (live) on(name).write.push(after);
      if (before !== null && before.restrictedTo !== after.restrictedTo) {
        on(await this.#boardOf(unit, before.process, before.restrictedTo, now)).remove.push(before.id);
      }
    }
    for (const [name, { write, remove }] of boards) {
      if (write.length + remove.length === 0) continue;
      const show = (doc: Y.Doc): void => {
        for (const id of remove) removeRow(doc, id);
        for (const ticket of write) writeRow(doc, ticket);
      };
      try {
        this.#documents.change(unit, name, now, show);
      } catch (error) {
        if (!(error instanceof DamagedDocument)) throw error;
        // The next epoch is made from SQL, which has these changes already.
        await this.rotate(unit, name, 'damaged', null, now);
      }
    }
  }

  /** Begins the next epoch of a board or the directory from SQL; returns its name. */
  async rotate(
    unit: WriteUnit,
    raw: string,
    reason: string,
    directory: Directory | null,
    now: number,
  ): Promise<string> {
    const parsed = parseName(raw);
    if (parsed === null || (parsed.kind !== 'board' && parsed.kind !== 'directory')) {
      throw new Error(`${raw} has no epochs`);
    }
    const old = this.#log.current(withoutEpoch(raw));
    if (old !== undefined) {
      this.#log.freeze(old.name, now);
      this.#documents.forget(old.name);
      unit.onUndo(() => this.#documents.forget(old.name));
    }
    failpoint('epoch.rotate');
    const next = await this.#make(unit, parsed, directory, now);
    unit.epochs.push({ old: old?.name ?? raw, next, reason });
    return next;
  }

  /** Takes away epochs that nobody can read any more. */
  forgetFrozen(now: number): void {
    this.#statements.prepare('delete from document where frozen_at < ?').run(now - FROZEN_READABLE_MS);
  }

  currentNames(): readonly CurrentName[] {
    const rows = this.#statements
      .prepare(
        `select name, restricted_to from document
         where kind in ('board', 'directory', 'notice') and frozen_at is null order by name`,
      )
      .all() as { name: string; restricted_to: string | null }[];
    return rows.map((row) => ({ name: row.name, restrictedTo: row.restricted_to }));
  }

  /** Current names of all documents with epochs. */
  currentEpochs(): readonly string[] {
    const rows = this.#statements
      .prepare(`select name from document where kind in ('board', 'directory') and frozen_at is null`)
      .all() as { name: string }[];
    return rows.map((row) => row.name);
  }

  /** Names of epoch documents whose layout is not the one that this code writes. */
  outdated(): readonly string[] {
    const rows = this.#statements
      .prepare(
        `select name, kind, layout from document where kind in ('board', 'directory') and frozen_at is null`,
      )
      .all() as { name: string; kind: 'board' | 'directory'; layout: number }[];
    return rows.filter((row) => row.layout !== KINDS[row.kind].layout).map((row) => row.name);
  }

  async #boardOf(unit: WriteUnit, process: TicketProcess, team: TeamId | null, now: number): Promise<string> {
    const first = boardName(process, 1, team);
    const current = this.#log.current(withoutEpoch(first));
    return current?.name ?? (await this.#make(unit, parseName(first) as EpochName, null, now));
  }

  async #ensureOne(unit: WriteUnit, first: string, directory: Directory, now: number): Promise<void> {
    if (this.#log.current(withoutEpoch(first)) !== undefined) return;
    await this.#make(unit, parseName(first) as EpochName, directory, now);
  }

  async #make(unit: WriteUnit, wanted: EpochName, directory: Directory | null, now: number): Promise<string> {
    const base = withoutEpoch(wanted.raw);
    const epoch = Math.max(
      this.#log.lastEpoch(base) + 1,
      firstEpochOf(readInstance(this.#statements).generation),
    );
    const team = wanted.kind === 'board' ? wanted.team : null;
    const name = wanted.kind === 'board' ? boardName(wanted.process, epoch, team) : directoryName(epoch);
    this.#log.make({
      name,
      kind: wanted.kind,
      base,
      epoch,
      server_client_id: freshClientId(),
      layout: KINDS[wanted.kind].layout,
      restricted_to: team,
      made_at: now,
    });
    const tickets = wanted.kind === 'board' ? await this.#records.refreshLive(wanted.process, team) : [];
    this.#documents.fill(unit, name, now, (doc) => {
      if (wanted.kind === 'board') seedBoard(doc);
      else if (directory !== null) writeDirectory(doc, directory);
      for (const ticket of tickets) writeRow(doc, ticket);
    });
    return name;
  }
}
