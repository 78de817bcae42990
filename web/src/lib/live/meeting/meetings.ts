import { meetingName } from '@muster/documents';
import { readMeeting, readMeetingRow, rowOfMeeting } from '@muster/documents/meeting';
import type { EntryMemo, MeetingRow as StoredRow } from '@muster/documents/meeting';
import { itemOf } from '@muster/domain/change';
import type {
  BoardAct,
  BoardContext,
  BoardEvent,
  ExpectedItem,
  Meeting,
  MeetingAct,
  MeetingBoard,
} from '@muster/domain/change';
import { commandId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, RecordId, RefusalContent } from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../../connection/outbox.ts';
import type { Handle, Shelf } from '../../connection/shelf.ts';
import type { LiveChanges, LiveJournal } from '../change/live-changes.ts';
import { FollowedRows } from '../followed-rows.ts';
import { Grains } from '../grains.ts';
import { HeldRecord } from '../held-record.ts';
import { HeldRecords } from '../held-records.ts';
import { openJournal } from '../journal.ts';
import { OwnActs } from '../own-acts.ts';
import type { OwnActsOptions } from '../own-acts.ts';
import { sendAct, newRecordId } from '../send-act.ts';
import type { SentCommand } from '../sent-command.ts';
import type { BeforeBoard, BoardRow, LiveMeeting, LiveMeetings, MeetingRow } from './live-meetings.ts';
import { BOARD_PREFIX, MEETING_PREFIX } from './meeting-acts.ts';
import { MeetingBoards } from './meeting-boards.ts';
import { agendaOf, meetingFacts, meetingOfRow } from './meeting-facts.ts';
import type { FactSources } from './meeting-facts.ts';
import { MeetingRules } from './meeting-rules.ts';

/**
 * Change boards and meetings as this device sees them: rows of `board/meeting`, boards of `rules/change`, and the whole
 * of those meetings that are open, are held just now, or left something for the next one.
 */
export class Meetings implements LiveMeetings {
  readonly #options: MeetingsOptions;
  readonly #grains = new Grains<RecordId>();
  readonly #lists = new Grains<'all' | 'boards' | 'last'>();
  readonly #ulid = monotonicFactory();
  readonly #rows = new FollowedRows({ read: readMeetingRow, changed: (ids) => this.#onRows(ids) });
  readonly #held = new HeldRecords((id) => this.#makeHeld(id));
  readonly #rules: MeetingRules;
  readonly #boards: MeetingBoards;
  readonly #own: OwnActs;
  #all: readonly MeetingRow[] | null = null;

  constructor(options: MeetingsOptions) {
    this.#options = options;
    const { actor, directory } = options;
    this.#rules = new MeetingRules({ actor, directory, facts: () => meetingFacts(this.#sources()) });
    this.#boards = new MeetingBoards({
      rules: this.#rules,
      own: () => this.#own,
      changed: () => {
        this.#lists.tell('boards');
        this.#own.finishShown();
      },
    });
    this.#own = new OwnActs({
      ...options,
      part: 'meetings',
      versionOf: (id) => this.basisOf(id),
      touched: (ids) => this.#onOwn(ids),
    });
    this.#own.look();
  }

  get actor(): Actor {
    return this.#options.actor;
  }

  get loaded(): boolean {
    return this.#rows.loaded;
  }

  get boards(): readonly BoardRow[] {
    this.#lists.read('boards');
    return this.#boards.inOrder;
  }

  get all(): readonly MeetingRow[] {
    this.#lists.read('all');
    return this.#peekAll();
  }

  get(id: RecordId): MeetingRow | undefined {
    this.#grains.read(id);
    return this.#row(id);
  }

  newId(): RecordId {
    return newRecordId(this.#options.now());
  }

  basisOf(id: RecordId): number {
    const meeting = this.#held.get(id)?.confirmed?.version ?? this.#rows.get(id)?.version;
    return meeting ?? this.#boards.stored.get(id)?.version ?? 0;
  }

  run(id: RecordId, act: MeetingAct, basis = this.basisOf(id)): SentCommand {
    const clientAt = this.#options.now();
    const state = this.#held.get(id)?.peek() ?? null;
    const isKnown = state !== null || act.verb === 'plan';
    const answer = isKnown ? this.#rules.decide(id, state, act, clientAt) : null;
    return this.#send(MEETING_PREFIX, id, act, { basis, clientAt }, refusalOf(answer));
  }

  runBoard(
    id: RecordId,
    act: BoardAct,
    basis = this.basisOf(id),
    since: BoardContext['since'] = [],
  ): SentCommand {
    const clientAt = this.#options.now();
    const answer = this.#rules.decideBoard(id, this.#boards.all.get(id) ?? null, act, since);
    return this.#send(BOARD_PREFIX, id, act, { basis, clientAt }, refusalOf(answer));
  }

  openJournal(board: RecordId): LiveJournal<BoardEvent> {
    return openJournal<BoardEvent>(this.#options.shelf, board);
  }

  agendaOf(board: MeetingBoard): readonly ExpectedItem[] {
    this.#lists.read('last');
    return agendaOf(board, this.#sources());
  }

  before(change: RecordId): BeforeBoard | undefined {
    for (const { id, state } of this.all) {
      // those that are held just now are held here too
      const meeting = state === 'live' ? this.#held.get(id)?.shown : undefined;
      if (meeting !== undefined && itemOf(meeting, change)?.decision === null)
        return { meeting: id, isCurrent: meeting.current === change };
    }
    return undefined;
  }

  open(id: RecordId): LiveMeeting {
    const { record, close } = this.#held.open(id);
    return {
      id,
      get loaded() {
        return record.loaded;
      },
      get meeting() {
        return record.shown;
      },
      get pending() {
        return record.pending;
      },
      close,
    };
  }

  /** Reads these documents from now on. */
  follow(board: Handle | undefined, rules: Handle | undefined): void {
    this.#boards.follow(rules);
    this.#rows.follow(board);
  }

  /** The directory is another one now: what was anticipated with it is worked out anew. */
  refold(): void {
    this.#boards.refold();
    this.#held.refresh(this.#own.targets);
  }

  close(): void {
    this.#own.close();
    this.follow(undefined, undefined);
    this.#held.close();
  }

  #send(
    prefix: string,
    target: RecordId,
    { verb, ...args }: MeetingAct | BoardAct,
    { basis, clientAt }: { readonly basis: number; readonly clientAt: number },
    refusal: RefusalContent | null,
  ): SentCommand {
    // who nobody knows here, and a board or a change that has not arrived, may be known to the server: it alone says no then
    const isHere = this.#options.knowsOrganisation() && this.#boards.isHere && this.#options.changes().loaded;
    const isSettled = refusal !== null && isHere;
    const envelope: CommandEnvelope = {
      id: commandId(this.#ulid(clientAt)),
      ...{ type: `${prefix}${verb}`, target, args, basis, clientAt },
    };
    return sendAct(this.#options.outbox, envelope, isSettled ? { outcome: 'refused', refusal } : null);
  }

  #sources(): FactSources {
    const rows = this.#peekAll();
    return {
      boards: this.#boards.all,
      meetings: rows.map((row) => this.#held.get(row.id)?.peek() ?? meetingOfRow(row)),
      changes: this.#options.changes(),
      directory: this.#options.directory(),
    };
  }

  #makeHeld(id: RecordId): HeldRecord<Meeting> {
    const memo: EntryMemo = new Map();
    return new HeldRecord(id, {
      name: meetingName(id),
      shelf: this.#options.shelf,
      own: this.#own,
      read: (doc) => readMeeting(doc, id, memo).meeting,
      fold: (state, envelope) => this.#rules.fold(id, state, envelope),
      advanced: () => {
        // agendas look at what a meeting left
        this.#lists.tell('last');
        this.#own.finishShown();
      },
    });
  }

  #row(id: RecordId): MeetingRow | undefined {
    const commands = this.#own.of(id);
    const pending = commands.filter(({ applied }) => applied === null).length;
    const whole: Meeting | null = commands.length > 0 ? (this.#held.get(id)?.peek() ?? null) : null;
    const row = whole === null ? this.#rows.get(id) : rowOfMeeting(whole);
    return row === undefined ? undefined : { ...row, pending };
  }

  #peekAll(): readonly MeetingRow[] {
    return (this.#all ??= [...new Set([...this.#rows.ids, ...this.#own.targets])].flatMap(
      (id) => this.#row(id) ?? [],
    ));
  }

  #onRows(ids: ReadonlySet<RecordId>): void {
    this.#forget(ids);
    // what was opened before the server had its meeting, as one that was planned here, was told that there is none
    this.#options.shelf.retryForbidden((id) => this.#rows.get(id) !== undefined);
  }

  #forget(ids: ReadonlySet<RecordId>): void {
    this.#all = null;
    this.#keep();
    this.#all = null;
    for (const id of ids) this.#grains.tell(id);
    this.#lists.tell('all');
    this.#lists.tell('last');
    this.#own.finishShown();
  }

  /** Holds what is held just now, the last of each board, for the next takes over what it left, and what own acts wait for. */
  #keep(): void {
    const stored = [...this.#rows.ids].flatMap((id) => this.#rows.get(id) ?? []);
    const last = new Map<RecordId, StoredRow>();
    for (const row of stored.filter(({ state }) => state === 'closed'))
      if ((last.get(row.board)?.closedAt ?? -1) < (row.closedAt ?? 0)) last.set(row.board, row);
    const kept = [
      ...stored.flatMap(({ id, state }) => (state === 'live' || state === 'planned' ? [id] : [])),
      ...[...last.values()].map(({ id }) => id),
      ...[...this.#own.targets].filter((id) =>
        this.#own.of(id).some(({ envelope }) => envelope.type.startsWith(MEETING_PREFIX)),
      ),
    ];
    this.#held.keepOnly(new Set(kept));
  }

  #onOwn(touched: ReadonlySet<RecordId>): void {
    this.#boards.refold();
    this.#held.refresh(touched);
    this.#forget(touched);
  }
}

export interface MeetingsOptions extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'> {
  readonly actor: Actor;
  readonly shelf: Pick<Shelf, 'open' | 'retryForbidden'>;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  readonly changes: () => LiveChanges;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

function refusalOf(
  answer: { readonly ok: true } | { readonly ok: false; readonly refusal: RefusalContent } | null,
): RefusalContent | null {
  return answer === null || answer.ok ? null : answer.refusal;
}
