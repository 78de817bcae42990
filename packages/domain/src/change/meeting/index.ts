/** Change boards and their meetings. */
export { DEFAULT_AGENDA, nextOccurrences, peopleOf } from './board.ts';
export type { AgendaFilter, BoardFields, MeetingBoard } from './board.ts';
export type { BoardAct, BoardEvent, BoardVerb } from './board-acts.ts';
export { decideBoard, evolveBoard } from './board-decide.ts';
export type { BoardContext } from './board-decide.ts';
export { mergedPeople } from './board-merge.ts';
export { ITEM_VERDICTS, MEETING_STATES, itemOf, nextOpenItem, presentIn, spentOn } from './meeting.ts';
export type {
  AgendaItem,
  Attendance,
  ExpectedItem,
  HeldAs,
  ItemDecision,
  ItemVerdict,
  Meeting,
  MeetingState,
  NamedChange,
  NotedVote,
  Stretch,
} from './meeting.ts';
export type { MeetingAct, MeetingEvent, MeetingVerb } from './acts.ts';
export { agendaFor } from './agenda.ts';
export { dateToPlan, isLeftOpen, mayComeAgain, whyCallOff } from './dates.ts';
export { decideMeeting } from './decide.ts';
export { CHANGE_STATE_WORDS, NOT_COME_TO, absentFrom, heldAsOf, minutesOf } from './minutes.ts';
export type { MinutesFacts } from './minutes.ts';
export { mayWriteNotes } from './notes.ts';
export { evolveMeeting } from './evolve.ts';
export { votesSay } from './items.ts';
export type { MeetingContext, MeetingFacts } from './facts.ts';
export type { MeetingRefusal, MeetingRefusalFacts, MeetingRefusalReason } from './refusals.ts';
