import type { MeetingRow as StoredRow } from '@muster/documents/meeting';
import type {
  BoardAct,
  BoardContext,
  BoardEvent,
  ExpectedItem,
  Meeting,
  MeetingAct,
  MeetingBoard,
} from '@muster/domain/change';
import type { Actor, RecordId } from '@muster/domain/shared';
import type { LiveJournal } from '../change/live-changes.ts';
import type { SentCommand } from '../sent-command.ts';

/** A board with own acts that wait for the server folded in. */
export interface BoardRow extends MeetingBoard {
  /** Own acts that the server has not answered. */
  readonly pending: number;
}

/** A meeting as lists show it. */
export interface MeetingRow extends StoredRow {
  readonly pending: number;
}

/** That a change is on the agenda of a meeting that is held just now. */
export interface BeforeBoard {
  readonly meeting: RecordId;
  /** Whether everybody looks at it. */
  readonly isCurrent: boolean;
}

/** The change boards and their meetings in short, and each meeting whole for whoever opens it; also without a network. */
export interface LiveMeetings {
  readonly actor: Actor;
  /** Whether there is something true to show. */
  readonly loaded: boolean;
  /** By name, those that are retired last. Subscribes. */
  readonly boards: readonly BoardRow[];
  /** In no order. Subscribes to all of them. */
  readonly all: readonly MeetingRow[];
  /** Subscribes to this one only. */
  get(id: RecordId): MeetingRow | undefined;
  newId(): RecordId;
  /** The version without own acts that wait, of a board or a meeting. */
  basisOf(id: RecordId): number;
  /**
   * Decides by the server's own rules, where the meeting is held; a refusal is answered at once and nothing is sent.
   * `basis` is the version that the author saw; the present one if left out.
   */
  run(id: RecordId, act: MeetingAct, basis?: number): SentCommand;
  /** `since` is what came after `basis` as far as this device knows. */
  runBoard(id: RecordId, act: BoardAct, basis?: number, since?: BoardContext['since']): SentCommand;
  /** The history of a board, held until it is closed. */
  openJournal(board: RecordId): LiveJournal<BoardEvent>;
  /** What would be the agenda if its meeting were opened now. Subscribes to the changes and the boards. */
  agendaOf(board: MeetingBoard): readonly ExpectedItem[];
  /** The meeting that a change is before just now and that has not decided it. Subscribes. */
  before(change: RecordId): BeforeBoard | undefined;
  /** The meeting whole, held until it is closed. The same for all who have it open. */
  open(id: RecordId): LiveMeeting;
}

export interface LiveMeeting {
  readonly id: RecordId;
  readonly loaded: boolean;
  /** With own acts folded in. Subscribes. */
  readonly meeting: Meeting | undefined;
  /** Own acts that the server has not answered. Subscribes. */
  readonly pending: number;
  close(): void;
}
