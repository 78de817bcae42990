import type { InboxItem } from '@muster/documents';
import type {
  BoardEvent,
  Change,
  ChangeEvent,
  ChangeTemplate,
  Meeting,
  MeetingBoard,
  MeetingEvent,
  PlanDigests,
  TemplateEvent,
} from '@muster/domain/change';
import type { ArticleText, KnowledgeEvent, KnownError, Problem, ProblemEvent } from '@muster/domain/problem';
import type {
  ConfigurationItem,
  ConfigurationRules,
  ItemEvent,
  KeptRelation,
  RelationEvent,
  RulesEvent,
} from '@muster/domain/configuration';
import type { Release, ReleaseEvent } from '@muster/domain/release';
import type { Announcement } from '@muster/domain/desk';
import type { KnowledgeVersion } from '../store/known-errors.ts';
import type { VersionedNotice } from '../channels/announcement/queue-notices.ts';
import type {
  CommandId,
  PersonId,
  RecordId,
  Recorded,
  Schedule,
  Ticket,
  TicketEvent,
} from '@muster/domain/shared';

/** A record before and after an act, with the events between. */
export interface RecordChange {
  readonly before: Ticket | null;
  readonly after: Ticket;
  /** Whether it has a row on its board. */
  readonly live: boolean;
  /** Whether it comes from elsewhere with its past: nobody outside is told of it. */
  readonly imported: boolean;
  readonly recorded: readonly Recorded<TicketEvent>[];
  /** The command of the act; null for what was imported. */
  readonly command: CommandId | null;
}

/** A change before and after an act, with the events between. */
export interface ShownChange {
  readonly before: Change | null;
  readonly after: Change;
  readonly recorded: readonly Recorded<ChangeEvent>[];
  /** Whether it has a row on the board. */
  readonly live: boolean;
  readonly command: CommandId;
}

/** A release before and after an act, with the events between. */
export interface ShownRelease {
  readonly before: Release | null;
  readonly after: Release;
  readonly recorded: readonly Recorded<ReleaseEvent>[];
  /** Whether it has a row on the board. */
  readonly live: boolean;
}

/** A meeting before and after an act, with the events between. */
export interface ShownMeeting {
  readonly before: Meeting | null;
  readonly after: Meeting;
  readonly recorded: readonly Recorded<MeetingEvent>[];
  /** Whether it has a row on the board of meetings. */
  readonly live: boolean;
}

/** An item before and after an act, with the events of it. */
export interface ShownItem {
  readonly before: ConfigurationItem | null;
  readonly after: ConfigurationItem;
  readonly recorded: readonly Recorded<ItemEvent>[];
  /** What the board knows it by; null when it has no row there any more. */
  readonly key: number | null;
}

/** A relation after an act, with the events of it. */
export interface ShownRelation {
  readonly after: KeptRelation;
  readonly recorded: readonly Recorded<RelationEvent>[];
  readonly key: number;
}

/** A problem after an act, with the events of it. */
export interface ShownProblem {
  readonly after: Problem;
  readonly recorded: readonly Recorded<ProblemEvent>[];
  /** Whether it has a row on the board. */
  readonly live: boolean;
}

/** A known error or an article before and after an act, with the events between. */
export interface ShownKnowledge {
  readonly before: KnownError | null;
  readonly after: KnownError;
  /** The version that was published last, with its text. */
  readonly version: KnowledgeVersion | undefined;
  readonly recorded: readonly Recorded<KnowledgeEvent>[];
  /** Whether it has a row on the board. */
  readonly live: boolean;
}

/** How the store shows what the command path wrote. Everything happens in the same transaction. */
export interface Projection {
  /** Boards, histories that are open, and the requesters' own lists. */
  show(changes: readonly RecordChange[]): Promise<void>;
  /** Puts an item into a person's inbox, once by its id; people unknown here have none. */
  tell(person: PersonId, item: InboxItem): Promise<void>;
  /** Shows an announcement to its audience once it is published, and takes it from who was in the one before. */
  announce(announcement: Announcement, before: Announcement | null): Promise<void>;
  /** Has the mails about these notices queued, where mail goes out at all. */
  mailNotices(announcement: Announcement, notices: readonly VersionedNotice[]): Promise<void>;
  /** Shows a schedule to the staff, and to rules that ask who is on call. */
  showSchedule(schedule: Schedule): Promise<void>;
  /** Shows a change on the board, in its history and in the calendar that rules look at. */
  showChange(shown: ShownChange): Promise<void>;
  /** Shows a release on the board, in its own document and in its history. */
  showRelease(shown: ShownRelease): Promise<void>;
  /** Shows an item on the map and in its history. */
  showItem(shown: ShownItem): Promise<void>;
  /** Shows a relation on the map and in the histories of its ends, or takes it off the map. */
  showRelation(shown: ShownRelation): Promise<void>;
  /** Puts a relation on the map that rules look at, or takes it off; all of several before they are shown together. */
  noteRelation(after: KeptRelation): void;
  /** Shows relations that were noted, as one change of each document. */
  showRelations(shown: readonly ShownRelation[]): Promise<void>;
  showConfigurationRules(rules: ConfigurationRules, recorded: readonly Recorded<RulesEvent>[]): Promise<void>;
  /** Shows a problem on the board and in its history. */
  showProblem(shown: ShownProblem): Promise<void>;
  /** Shows a known error or an article on the staff's board, in what everybody reads, and in its history. */
  showKnowledge(shown: ShownKnowledge): Promise<void>;
  /** What is written together of it as it stands in this transaction; null where nobody has written. */
  articleOf(id: RecordId): ArticleText | null;
  /** Shows a template among the rules. */
  showTemplate(template: ChangeTemplate, recorded: readonly Recorded<TemplateEvent>[]): Promise<void>;
  /** Shows a change board among the rules. */
  showChangeBoard(board: MeetingBoard, recorded: readonly Recorded<BoardEvent>[]): Promise<void>;
  /** Shows a meeting on the board of meetings, in its own document and in its history. */
  showMeeting(shown: ShownMeeting): Promise<void>;
  /** Digests of the plans as a change's room has them in this transaction; null for one that nobody opened. */
  plansOf(change: RecordId): Promise<PlanDigests | null>;
  /** That a person has read what is no item of their inbox, by its key; the first time counts. */
  noteReading(person: PersonId, key: string, at: number): Promise<void>;
  markRead(person: PersonId, items: readonly string[], at: number): Promise<void>;
}
