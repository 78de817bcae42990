import type { ProseNode, ProseRoot } from '@muster/documents';
import type { Announcement, AnnouncementAct, AnnouncementFields } from '@muster/domain/desk';
import type { BoardAct, ChangeAct, MeetingAct, TemplateAct } from '@muster/domain/change';
import type { ItemAct, RelationAct } from '@muster/domain/configuration';
import type { KnowledgeAct, ProblemAct } from '@muster/domain/problem';
import type { ReleaseAct } from '@muster/domain/release';
import type {
  Directory,
  PersonId,
  Permission,
  Person,
  RecordId,
  Recorded,
  Schedule,
  ScheduleAct,
  ScheduleForm,
  ScheduleId,
  Ticket,
  TicketAct,
  TicketEvent,
  RecordProcess,
  TicketProcess,
} from '@muster/domain/shared';
import type { LiveChanges } from './change/live-changes.ts';
import type { LiveConfiguration } from './configuration/live-configuration.ts';
import type { LiveProblems } from './problem/live-problems.ts';
import type { LiveKnownErrors } from './knowledge/live-known-errors.ts';
import type { LiveMeetings } from './meeting/live-meetings.ts';
import type { LiveTimeline } from './live-timeline.ts';
import type { LiveReleases } from './release/live-releases.ts';
import type { SentCommand } from './sent-command.ts';

export type { SentCommand } from './sent-command.ts';

/**
 * What screens see of the living state. Plain readonly records go out, commands go in; no Yjs type crosses.
 * Every getter subscribes the effect that reads it, at the grain it names, and detaches with it.
 * Provided once by the signed-in layout through `setMuster`, read by `getMuster`.
 */
export interface Muster {
  readonly me: Me;
  readonly tickets: LiveTickets;
  readonly directory: LiveDirectory;
  readonly commands: Commands;
  readonly attention: Attention;
  readonly saving: Saving;
  readonly presence: Presence;
  readonly drafts: Drafts;
  readonly inbox: Inbox;
  readonly announcements: LiveAnnouncements;
  /** The restore of the server's store that is still to be told; null when there is none. Subscribes. */
  readonly restoration: Restoration | null;
  /** Epoch ms of the server's clock, ticking once a second while read. */
  readonly now: number;
  /** Who is on call when; the first caller fetches what it takes. */
  openSchedules(): Promise<LiveSchedules>;
  /** The changes and the rules they go by; the first caller fetches what it takes. */
  openChanges(): Promise<LiveChanges>;
  openReleases(): Promise<LiveReleases>;
  /** The change boards and their meetings. */
  openMeetings(): Promise<LiveMeetings>;
  /** Known errors and articles; for whoever is not of the staff, what is published for everybody. */
  openKnownErrors(): Promise<LiveKnownErrors>;
  /** Problems; fetched when they are first asked for. */
  openProblems(): Promise<LiveProblems>;
  /** Items and how they hang together; fetched when they are first asked for. */
  openConfiguration(): Promise<LiveConfiguration>;
  /** Opens a record's history; close it when the screen goes. */
  openHistory(id: RecordId): LiveHistory;
  /** Opens prose of a record's room for an editor, its description unless named; close it when the screen goes. */
  openRoom(id: RecordId, root?: ProseRoot): LiveRoom;
  /** Opens what is written together in a record's room besides prose; close it when the screen goes. */
  openTimeline(id: RecordId): LiveTimeline;
}

export interface Me {
  readonly person: Person;
  readonly permissions: ReadonlySet<Permission>;
  can(permission: Permission): boolean;
}

/** A row of the queue: the ticket with this device's pending commands folded in. */
export interface TicketRow extends Ticket {
  /** Shown until the number is there, an alias for ever: `INC-~7F3K`. */
  readonly token: string;
  /** Commands of this device that the server has not answered. */
  readonly pending: number;
}

export interface LiveTickets {
  /** Subscribes to this row only. */
  get(id: RecordId): TicketRow | undefined;
  /** Subscribes to membership only. */
  readonly ids: readonly RecordId[];
  /** Changes with every row change; for filters over all rows. Throttled to one a frame. */
  readonly revision: number;
  /** All rows, unsorted, without subscribing. */
  all(): readonly TicketRow[];
  /** Ids changed since a revision, or null when that is too long ago and all must be read again. */
  changedSince(revision: number): ReadonlySet<RecordId> | null;
  /** Rows of another version or shape, set aside and counted. */
  readonly nonconforming: number;
  /** False until the local copy or the network has shown the boards once. */
  readonly loaded: boolean;
  /**
   * Raised when rows came because a board was shown for the first time, or in another epoch. They are news to nobody:
   * a list that is open takes them in.
   */
  readonly openings: number;
  /**
   * Until `loaded`: the first rows of a list as they were when it was last looked at, in no order.
   * Empty for other lists than the last one. Lists are told apart by any text that names what they show.
   */
  firstOf(list: string): readonly TicketRow[];
  /** Says which rows stand first in the list that is looked at, for the next start. */
  seeFirst(list: string, ids: readonly RecordId[]): void;
  /** Number, token or alias to id; a typed number jumps. */
  find(reference: string): RecordId | undefined;
}

export interface LiveDirectory {
  readonly current: Directory;
  personName(id: PersonId): string;
}

export interface Commands {
  /** Runs `decide` here, keeps the command in the outbox and sends it as soon as there is a network. */
  run(process: TicketProcess, target: RecordId, act: TicketAct): SentCommand;
  /** A new record; its id is made here. */
  create(process: TicketProcess, act: Extract<TicketAct, { verb: 'create' }>): SentCommand;
  /** The acts that take a command back, when it can be taken back; null when it can not. */
  undoOf(id: string): { process: TicketProcess; target: RecordId; act: TicketAct }[] | null;
}

/** A refused or superseded act, or something that happened to mine: shown until dealt with. */
export interface AttentionItem {
  readonly id: string;
  readonly at: number;
  readonly kind: 'refused' | 'superseded' | 'replaced' | 'handover-requested' | 'rejected-text';
  readonly record: RecordId | null;
  readonly process: RecordProcess | null;
  /** The act as it was tried, or that puts back what others replaced; null for what is about no ticket. */
  readonly act: TicketAct | null;
  /** The act on an announcement, in place of one on a ticket. */
  readonly announcement?: AnnouncementAct;
  /** The act on a schedule, in place of one on a ticket. */
  readonly schedule?: ScheduleAct;
  /** The act on a release, in place of one on a ticket. */
  readonly release?: ReleaseAct;
  /** The act on a change or on a standard change, in place of one on a ticket. */
  readonly change?: ChangeAct;
  readonly template?: TemplateAct;
  /** The act on a change board or on a meeting of one, in place of one on a ticket. */
  readonly board?: BoardAct;
  readonly meeting?: MeetingAct;
  /** The act on a known error or an article, in place of one on a ticket. */
  readonly error?: KnowledgeAct;
  /** The act on a problem, in place of one on a ticket. */
  readonly problem?: ProblemAct;
  /** The act on a configuration item, or on a relation of one, in place of one on a ticket. */
  readonly item?: ItemAct;
  readonly relation?: RelationAct;
  /** `process/reason` and its facts, or the cause that came first. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** What would be lost if dismissed: the text of a reply, the fields of an edit. */
  readonly kept: string | null;
}

export type DoneAgain = Pick<SentCommand, 'kept' | 'settled'>;

export interface Attention {
  readonly items: readonly AttentionItem[];
  /**
   * Does the act again on top of the present state, or puts back what was replaced. Null where neither can be done from
   * here. What it is kept by fails where the record is not on this device, and cannot be reached.
   */
  again(id: string): DoneAgain | null;
  dismiss(id: string): void;
}

/**
 * Where my work is. `saved`: on the server's disk. `on-this-device`: on this device's disk, and there after the tab
 * is killed. `keeping`: on its way there, for a moment. `not-saved`: in this tab's memory only. `reading`: what
 * earlier visits left here is not known yet.
 */
export type SavingState = 'saved' | 'on-this-device' | 'keeping' | 'not-saved' | 'reading';

export interface Saving {
  /** The worst of all documents and the outbox. */
  readonly state: SavingState;
  readonly connection: 'live' | 'syncing' | 'connecting' | 'offline';
  readonly offlineSince: number | null;
  readonly lastSyncedAt: number | null;
  /** Commands and edits waiting for the server. */
  readonly waiting: number;
  /** Why the server does not have it, in words to show; null when it has. */
  readonly problem: string | null;
  /** Why this device keeps nothing now, in words to show; null while it does. */
  readonly deviceProblem: string | null;
  /** The browser has not promised to keep what is on this device when room gets short. */
  readonly mayBeCleared: boolean;
  retry(): void;
  /** All that the server has not acknowledged, to be taken along by other means. */
  unsaved(): UnsavedWork;
}

export interface UnsavedWork {
  readonly acts: readonly {
    readonly at: number;
    readonly record: RecordId;
    readonly process: TicketProcess;
    readonly act: TicketAct;
    /** Its words: the text of a reply, the fields of an edit. */
    readonly kept: string | null;
  }[];
  /** Unsent words of descriptions and drafts; `record` is null for those of no single record. */
  readonly words: readonly { readonly record: RecordId | null; readonly text: string }[];
}

/** A backup was put back on the server, and this device brings again what it had done since. */
export interface Restoration {
  /** Epoch ms; null when the server cannot tell. */
  readonly backupTakenAt: number | null;
  /** Acts and texts of this device still on their way. */
  readonly waiting: number;
  /** Acts that the backup did not have: brought again, and refused this time. */
  readonly brought: number;
  readonly refused: number;
  /** Records that have another number now. */
  readonly renumbered: readonly { readonly record: RecordId; readonly was: string; readonly is: string }[];
  /** The person has read it. */
  putAway(): void;
}

export interface PresentPerson {
  readonly person: PersonId;
  readonly name: string;
  /** Six-digit hex. */
  readonly colour: string;
  readonly state: 'viewing' | 'idle' | 'editing';
  /** What is being edited: `description`, `reply`, `note`; null when only viewing. */
  readonly part: string | null;
}

export interface Presence {
  /** People other than me on this record. */
  on(record: RecordId): readonly PresentPerson[];
  readonly everyone: readonly PresentPerson[];
  /** Says where I am; null when on no record. */
  at(record: RecordId | null, part?: string | null): void;
}

export interface Draft {
  readonly id: string;
  readonly text: string;
  readonly updatedAt: number;
}

export interface Drafts {
  /** Ids: `DRAFT_ID` of the documents. Subscribes to this draft only. */
  get(id: string): Draft;
  /** Merges the change into the shared text of this draft; safe with another tab or device typing. */
  write(id: string, text: string): void;
  clear(id: string): void;
  /** Drafts with text, newest first. */
  readonly all: readonly Draft[];
}

export interface InboxItem {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly record: RecordId | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly read: boolean;
}

export interface Inbox {
  readonly items: readonly InboxItem[];
  readonly unread: number;
  markRead(ids: readonly string[]): void;
}

/** An announcement with this device's pending acts folded in. */
export interface AnnouncementRow extends Announcement {
  /** Acts of this device that the server has not answered. */
  readonly pending: number;
}

export interface LiveAnnouncements {
  /** What this person is told, and for authors drafts and what is for others, as last asked for; newest first. */
  readonly all: readonly AnnouncementRow[];
  /** Of these, what this person is told. */
  readonly mine: readonly AnnouncementRow[];
  /** Keys of the revisions that this person has read (`readingKey`), on any device. */
  readonly read: ReadonlySet<string>;
  create(fields: AnnouncementFields): SentCommand;
  /** The version without own acts that wait: for a form, as it was when the form was opened. */
  basisOf(target: RecordId): number;
  /** What it is of; null as long as this device does not know that of what stands. Subscribes. */
  itemsOf(target: RecordId): readonly RecordId[] | null;
  /** `basis` is the version that the author saw; what others did since then counts as unseen. The present one if left out. */
  run(target: RecordId, act: AnnouncementAct, basis?: number): SentCommand;
  /** Asks the server for drafts, for those who announce, and for items, for those who may read them. @throws BoundaryError */
  refresh(): Promise<void>;
}

/** A schedule with this device's pending acts folded in. */
export interface ScheduleRow extends Schedule {
  /** Acts of this device that the server has not answered. */
  readonly pending: number;
}

export interface LiveSchedules {
  /** Whether they are here; until then none are known, which says nothing of how many there are. Subscribes. */
  readonly loaded: boolean;
  /** By name. Subscribes. */
  readonly all: readonly ScheduleRow[];
  /** For an override, a swap or a layer. */
  newId(): string;
  create(form: ScheduleForm): SentCommand;
  /** The version without own acts that wait: for a form, as it was when the form was opened. */
  basisOf(schedule: ScheduleId): number;
  /** `basis` is the version that the author saw; what others did since then counts as unseen. The present one if left out. */
  run(schedule: ScheduleId, act: ScheduleAct, basis?: number): SentCommand;
}

export interface LiveHistory {
  readonly loaded: boolean;
  /** Public and staff events in order, own pending ones at the end with `seq` 0. */
  readonly events: readonly Recorded<TicketEvent>[];
  close(): void;
}

/** Binds an editor: the only place where Yjs reaches a component (`live-text`). */
export interface LiveRoom {
  readonly loaded: boolean;
  readonly fragment: unknown;
  readonly awareness: unknown;
  readonly state: Exclude<SavingState, 'reading'>;
  /** The text as it stands, without subscribing. */
  content(): readonly ProseNode[];
  close(): void;
}
