/** How the meetings of change boards live in their documents: fetched by whoever looks at them, and by nobody else. */
export { readMeeting, writeMeeting } from './document.ts';
export {
  readMeetingRow,
  readMeetingRows,
  removeMeetingRow,
  rowOfMeeting,
  seedMeetingBoard,
  writeMeetingRow,
} from './row.ts';
export type { MeetingRow } from './row.ts';
export type { EntryMemo } from '../entries.ts';
export { appendPlainEvents, readPlainEvents } from '../plain-history.ts';
