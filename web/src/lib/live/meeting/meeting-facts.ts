import { agendaFor, isOverChange, matchedOf } from '@muster/domain/change';
import type { Change, ExpectedItem, Meeting, MeetingBoard, MeetingFacts } from '@muster/domain/change';
import { personId } from '@muster/domain/shared';
import type { Directory, RecordId } from '@muster/domain/shared';
import type { LiveChanges } from '../change/live-changes.ts';
import type { MeetingRow } from './live-meetings.ts';

/** What the rules look at, of what is here. Subscribes to the changes. */
export function meetingFacts({ boards, meetings, changes, directory }: FactSources): MeetingFacts {
  const { services } = directory;
  return {
    boards,
    meetings,
    changeOf: (id) => changes.get(id),
    changes: () => changes.all.filter((change) => !isOverChange(change)),
    matched: (change: Change) => matchedOf(change, changes.facts(), services),
  };
}

export function agendaOf(board: MeetingBoard, sources: FactSources): readonly ExpectedItem[] {
  return agendaFor(board, meetingFacts(sources));
}

export interface FactSources {
  readonly boards: ReadonlyMap<RecordId, MeetingBoard>;
  readonly meetings: readonly Meeting[];
  readonly changes: LiveChanges;
  readonly directory: Directory;
}

/** As much of a meeting as its row says, for those that are not held whole: rules look at its date and its state. */
export function meetingOfRow({ items, decided, pending, ...row }: MeetingRow): Meeting {
  void [items, decided, pending];
  return { ...row, plannedBy: personId(''), agenda: [], current: null, attendance: [] };
}
