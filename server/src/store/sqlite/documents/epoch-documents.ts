/**
 * Documents with epochs: the boards, those of changes, releases and meetings among them, and the directory. They are projections of SQL and can be made again at any
 * time under the next epoch with a client id that nobody had; the epoch before is frozen and stays readable for a
 * while. Which rows a board holds is decided here: those whose record is live and whose readers the board's are.
 */
import {
  KINDS,
  directoryName,
  parseName,
  personBoardName,
  removeRow,
  seedBoard,
  staffDirectoryName,
  withoutEpoch,
  writeDirectory,
  writeRow,
  writeStaffDirectory,
} from '@muster/documents';
import type { DocumentKind, DocumentName } from '@muster/documents';
import { readHelpRow, writeHelpRow } from '@muster/documents/knowledge';
import type { KnownError } from '@muster/domain/problem';
import { TICKET_PROCESSES, restrictionOf, sameRestriction } from '@muster/domain/shared';
import type { Directory, PersonId, RecordId, Ticket, TicketProcess } from '@muster/domain/shared';
import { failpoint } from '@muster/sync/failpoint';
import type * as Y from 'yjs';
import type { AudienceChange, CurrentName } from '../../store.ts';
import type { Records } from '../../../commands/records.ts';
import { readInstance } from '../instance-row.ts';
import { firstEpochOf } from '../instance.ts';
import type { Statements } from '../statements.ts';
import type { WriteUnit } from '../write-unit.ts';
import { audiencesOf, nameFor, wholeStaff } from './audience.ts';
import type { BoardAudience } from './audience.ts';
import { freshClientId } from './client-ids.ts';
import { helpShown } from '../../known-errors.ts';
import type { KnowledgeVersion } from '../../known-errors.ts';
import { FROZEN_READABLE_MS } from './frozen.ts';
import type { DocumentLogTables } from './log.ts';
import { HELP_BOARD, ONE_BOARDS } from './one-boards.ts';
import type { WrittenBoard } from './one-boards.ts';
import { DamagedDocument } from './server-documents.ts';
import type { ServerDocuments } from './server-documents.ts';
import type { Snapshots } from './snapshots.ts';

/** Kinds of documents with epochs; the index of `document` names them too. */
const EPOCH_KINDS = [
  'board',
  'directory',
  ...ONE_BOARDS.map(({ kind }) => kind),
] as const satisfies readonly DocumentKind[];

type EpochKind = (typeof EPOCH_KINDS)[number];

type EpochName = Extract<DocumentName, { readonly kind: EpochKind }>;

const EPOCH_LIST = EPOCH_KINDS.map((kind) => `'${kind}'`).join(', ');

interface ShownChange {
  readonly before: Ticket | null;
  readonly after: Ticket;
  readonly live: boolean;
}

export class EpochDocuments {
  readonly #statements: Statements;
  readonly #log: DocumentLogTables;
  readonly #documents: ServerDocuments;
  readonly #records: Records;
  readonly #snapshots: Snapshots;

  constructor(parts: {
    readonly statements: Statements;
    readonly log: DocumentLogTables;
    readonly server: ServerDocuments;
    readonly records: Records;
    readonly snapshots: Snapshots;
  }) {
    this.#statements = parts.statements;
    this.#log = parts.log;
    this.#documents = parts.server;
    this.#records = parts.records;
    this.#snapshots = parts.snapshots;
  }

  /** Makes what is missing: a board for each process, one for each team, both parts of the directory. */
  async ensure(unit: WriteUnit, directory: Directory, now: number): Promise<void> {
    const boards = ONE_BOARDS.map(({ first }) => first);
    for (const first of [directoryName(1), staffDirectoryName(1), ...boards])
      await this.#ensureOne(unit, first, directory, now);
    for (const process of TICKET_PROCESSES) {
      await this.#ensureOne(unit, nameFor(wholeStaff(process), 1), directory, now);
      for (const team of directory.teams.keys()) {
        await this.#ensureOne(unit, nameFor({ process, team, person: null }, 1), directory, now);
      }
    }
  }

  /** Names of the directory's present epochs: what everybody knows, and what the staff alone does. */
  directoryNames(): readonly string[] {
    return [directoryName(1), staffDirectoryName(1)].map(
      (first) => this.#log.current(withoutEpoch(first))?.name ?? first,
    );
  }

  /** Makes one of them say what the directory says. */
  writeDirectory(unit: WriteUnit, name: string, directory: Directory, now: number): void {
    this.#documents.change(unit, name, now, directoryWriter(name, directory));
  }

  /** A person's own boards, made when they first come for them. */
  async ownBoards(
    unit: WriteUnit,
    person: PersonId,
    processes: readonly TicketProcess[],
    now: number,
  ): Promise<readonly string[]> {
    const names: string[] = [];
    for (const process of processes) {
      const first = personBoardName(process, 1, person);
      const current = this.#log.current(withoutEpoch(first));
      names.push(current?.name ?? (await this.#make(unit, parseName(first) as EpochName, null, now)));
    }
    return names;
  }

  /** Shows tickets on their boards; each board changes once. `before` finds rows that are for others now. */
  async project(unit: WriteUnit, changes: readonly ShownChange[], now: number): Promise<void> {
    const boards = new Map<string, { readonly write: Ticket[]; readonly remove: RecordId[] }>();
    const on = (name: string): { readonly write: Ticket[]; readonly remove: RecordId[] } => {
      const known = boards.get(name) ?? { write: [], remove: [] };
      boards.set(name, known);
      return known;
    };
    const moves: Omit<AudienceChange, 'ended'>[] = [];
    for (const { before, after, live } of changes) {
      const shown = new Set<string>();
      for (const audience of audiencesOf(after)) {
        const name = await this.#boardOf(unit, audience, now);
        if (name === null) continue;
        shown.add(name);
        if (live) on(name).write.push(after);
      }
      if (before === null || sameRestriction(restrictionOf(before), restrictionOf(after))) continue;
      const left = audiencesOf(before).flatMap((audience) => {
        const name = this.#current(audience);
        return name === null || shown.has(name) ? [] : [name];
      });
      for (const name of left) on(name).remove.push(after.id);
      moves.push({ record: after.id, shown: [...shown], left });
    }
    for (const [name, { write, remove }] of boards) {
      await this.#change(unit, name, now, (doc) => {
        for (const id of remove) removeRow(doc, id);
        for (const ticket of write) writeRow(doc, ticket);
      });
    }
    for (const move of moves) {
      const ended = move.left.flatMap((name) => this.#leaveNoTrace(name, now));
      unit.audiences.push({ ...move, ended });
    }
  }

  /** Shows a record on the one board of its kind. */
  async show<Shown>(unit: WriteUnit, board: WrittenBoard<Shown>, it: Shown, now: number): Promise<void> {
    const current = this.#log.current(withoutEpoch(board.first))?.name;
    // one that is made now is made from SQL, which has it already
    if (current === undefined) await this.#make(unit, parseName(board.first) as EpochName, null, now);
    else await this.#change(unit, current, now, (doc) => board.write(doc, it));
  }

  /** Shows what everybody may read of it on their board; what is for them no more goes without a trace. */
  async showHelp(
    unit: WriteUnit,
    it: KnownError,
    version: KnowledgeVersion | undefined,
    now: number,
  ): Promise<void> {
    const current = this.#log.current(withoutEpoch(HELP_BOARD.first))?.name;
    if (current === undefined)
      return void (await this.#make(unit, parseName(HELP_BOARD.first) as EpochName, null, now));
    const row = helpShown(it, version);
    let left = false;
    await this.#change(unit, current, now, (doc) => {
      left = row === null && readHelpRow(doc, it.id) !== null;
      if (row !== null || left) writeHelpRow(doc, it.id, row);
    });
    if (left)
      unit.audiences.push({ record: it.id, shown: [], left: [], ended: this.#leaveNoTrace(current, now) });
  }

  async #change(unit: WriteUnit, name: string, now: number, write: (doc: Y.Doc) => void): Promise<void> {
    try {
      this.#documents.change(unit, name, now, write);
    } catch (error) {
      if (!(error instanceof DamagedDocument)) throw error;
      // The next epoch is made from SQL, which has these changes already.
      await this.rotate(unit, name, 'damaged', null, now);
    }
  }

  /**
   * The bytes of a log keep what was taken out of its document, and whoever opens a board gets these bytes: so it is
   * written down anew without. Epochs before this one show it still; tells their names and takes them away.
   */
  #leaveNoTrace(name: string, now: number): readonly string[] {
    const base = withoutEpoch(name);
    const current = this.#log.current(base);
    if (current !== undefined) this.#snapshots.keep(this.#documents.fold(current.name, now));
    return this.#statements
      .prepare('delete from document where base = ? and frozen_at is not null returning name')
      .pluck()
      .all(base) as string[];
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
    if (parsed === null || !isEpochName(parsed)) {
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
         where kind in (${EPOCH_LIST}, 'notice', 'oncall', 'rules', 'configuration-rules') and frozen_at is null
           and base not like 'board/%/person/%' order by name`,
      )
      .all() as { name: string; restricted_to: string | null }[];
    return rows.map((row) => ({ name: row.name, restrictedTo: row.restricted_to }));
  }

  /** Current names of all documents with epochs. */
  currentEpochs(): readonly string[] {
    const rows = this.#statements
      .prepare(`select name from document where kind in (${EPOCH_LIST}) and frozen_at is null`)
      .all() as { name: string }[];
    return rows.map((row) => row.name);
  }

  /** Names of epoch documents whose layout is not the one that this code writes. */
  outdated(): readonly string[] {
    const rows = this.#statements
      .prepare(`select name, kind, layout from document where kind in (${EPOCH_LIST}) and frozen_at is null`)
      .all() as { name: string; kind: EpochKind; layout: number }[];
    return rows.filter((row) => row.layout !== KINDS[row.kind].layout).map((row) => row.name);
  }

  /** The present board of an audience, made now if it must be; null for a person who never came. */
  async #boardOf(unit: WriteUnit, audience: BoardAudience, now: number): Promise<string | null> {
    const current = this.#current(audience);
    if (current !== null || audience.person !== null) return current;
    return await this.#make(unit, parseName(nameFor(audience, 1)) as EpochName, null, now);
  }

  #current(audience: BoardAudience): string | null {
    return this.#log.current(withoutEpoch(nameFor(audience, 1)))?.name ?? null;
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
    const name = wanted.kind === 'board' ? nameFor(wanted, epoch) : `${base}@${epoch}`;
    this.#log.make({
      name,
      kind: wanted.kind,
      base,
      epoch,
      server_client_id: freshClientId(),
      layout: KINDS[wanted.kind].layout,
      restricted_to: wanted.kind === 'board' ? wanted.team : null,
      made_at: now,
    });
    const { stay, went } =
      wanted.kind === 'board' ? await this.#records.refreshLive(wanted) : { stay: [], went: [] };
    const one = ONE_BOARDS.find(({ kind }) => kind === wanted.kind);
    const content = one?.content(this.#statements, now) ?? null;
    this.#documents.fill(unit, name, now, (doc) => {
      if (wanted.kind === 'board') seedBoard(doc);
      content?.(doc);
      if (wanted.kind === 'directory' && directory !== null) directoryWriter(name, directory)(doc);
      for (const ticket of stay) writeRow(doc, ticket);
    });
    for (const ticket of went) await this.#takeOff(unit, ticket, name, now);
    return name;
  }

  /** What went with the epoch of one board goes from the others that show it. */
  async #takeOff(unit: WriteUnit, ticket: Ticket, but: string, now: number): Promise<void> {
    for (const audience of audiencesOf(ticket)) {
      const name = this.#current(audience);
      if (name !== null && name !== but)
        await this.#change(unit, name, now, (doc) => removeRow(doc, ticket.id));
    }
  }
}

function isEpochName(name: DocumentName): name is EpochName {
  return (EPOCH_KINDS as readonly DocumentKind[]).includes(name.kind);
}

/** Writes the part of the directory that a document is for. */
function directoryWriter(name: string, directory: Directory): (doc: Y.Doc) => void {
  const parsed = parseName(name);
  const write = parsed?.kind === 'directory' && parsed.staff ? writeStaffDirectory : writeDirectory;
  return (doc) => write(doc, directory);
}
