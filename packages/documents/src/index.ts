/** How Muster's records live in Yjs documents: names, kinds, codecs, readers and writers. */
export {
  MAX_NAME_LENGTH,
  NOTICE_NAME,
  CHANGE_RULES_NAME,
  CONFIGURATION_RULES_NAME,
  ONCALL_NAME,
  articleName,
  boardName,
  changeBoardName,
  configurationBoardName,
  directoryName,
  draftName,
  helpBoardName,
  inboxName,
  journalName,
  noticeName,
  kindOf,
  knowledgeBoardName,
  meetingBoardName,
  meetingName,
  parseName,
  personBoardName,
  problemBoardName,
  recordName,
  releaseBoardName,
  releaseName,
  roomName,
  staffDirectoryName,
  withoutEpoch,
} from './names.ts';
export type { DocumentName } from './names.ts';
export { DOCUMENT_KINDS, KINDS, PLAN_ROOTS, isKeyOf, rootTypeOf, rulesOf } from './kinds.ts';
export type { DocumentKind, DocumentKindRules, RootType } from './kinds.ts';
export { isNonconforming } from './nonconforming.ts';
export type { Nonconforming } from './nonconforming.ts';
export type { Plain } from './codec.ts';
export { decodeRow, encodeRow } from './ticket-row.ts';
export { decodeEvent, encodeEvent } from './ticket-events.ts';
export { boardRows, readBoardLayout, readRow, readRows, removeRow, seedBoard, writeRow } from './board.ts';
export { appendEvents, readEvents } from './history.ts';
export {
  INBOX_KEEPS,
  INBOX_KINDS,
  appendInboxItem,
  markInboxRead,
  readInbox,
  readReadings,
  removeRequest,
  writeRequest,
} from './inbox.ts';
export type { InboxItem, InboxKind, ReadInboxItem } from './inbox.ts';
export {
  REVIEW_HEADINGS,
  readRoomText,
  reviewStart,
  roomFragment,
  seedPlans,
  seedRoom,
  textOf,
} from './room.ts';
export type { ProseRoot } from './room.ts';
export { isProseText, proseText, readProse } from './prose.ts';
export type {
  ProseBlock,
  ProseMark,
  ProseNode,
  ProseText,
  Provenance,
  Trace,
  TracedRun,
  Written,
} from './prose.ts';
export { markdownWords, proseMarkdown } from './prose-markdown.ts';
export { restoreProse } from './restore-prose.ts';
export { packRecording, unpackRecording } from './recording.ts';
export type { Frame, Recording } from './recording.ts';
export { RoomReplay } from './room-replay.ts';
export type { ReplayedRoom } from './room-replay.ts';
export { readRoomContent } from './room-content.ts';
export type { ListItem, ProseContent, RoomContent } from './room-content.ts';
export {
  ENTRY_KINDS,
  addEntry,
  changeEntry,
  compareEntries,
  decodeEntry,
  readEntries,
  readTimeline,
} from './timeline/entry.ts';
export type { EntryFacts, EntryKind, NewEntry, PinSource, TimelineEntry } from './timeline/entry.ts';
export {
  addTask,
  areCopies,
  changeTask,
  decodeTask,
  mergeTasks,
  readTaskList,
  readTasks,
} from './timeline/task.ts';
export { isUntouchedStep, openRunbook } from './timeline/runbook.ts';
export type { NewTask, Task, TaskFacts, TaskOrigin } from './timeline/task.ts';
export type { Mark } from './timeline/marks.ts';
export { sharedText, writtenList } from './timeline/written-list.ts';
export { DRAFT_KINDS, draftText, listDrafts, parseDraftId, readDraft, writeDraft } from './draft.ts';
export type { Draft, DraftKind } from './draft.ts';
export { changeBetween } from './text-change.ts';
export type { TextChange } from './text-change.ts';
export { inspectDirectory, readDirectory, writeDirectory, writeStaffDirectory } from './directory.ts';
export { readAnnouncements, removeAnnouncement, writeAnnouncement } from './notice.ts';
export { readSchedules, removeSchedule, writeSchedule } from './oncall.ts';
