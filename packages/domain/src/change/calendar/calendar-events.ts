/** Changes and windows as events of a calendar program: the file that is saved and the feed that is subscribed to. */
import { occurrencesBetween } from '../../shared/index.ts';
import type { CalendarEvent, Instant, RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { Meeting, MeetingBoard } from '../meeting/index.ts';
import type { ItemId } from '../model/items.ts';
import { rulesOf } from '../model/model.ts';
import type { ChangeModel } from '../model/model.ts';
import type { ChangeWindow } from '../window/window.ts';

/** What a calendar shows of a meeting. */
export type ShownMeeting = Pick<
  Meeting,
  'id' | 'board' | 'state' | 'beginsAt' | 'endsAt' | 'version' | 'updatedAt'
>;

/** What is told of: changes and windows of a stretch of time. */
export interface CalendarContent {
  readonly changes: readonly Change[];
  readonly windows: readonly ChangeWindow[];
  readonly models: ReadonlyMap<string, ChangeModel>;
  /** Meetings of boards, with the boards that they are of. */
  readonly meetings?: readonly ShownMeeting[];
  readonly boards?: ReadonlyMap<RecordId, Pick<MeetingBoard, 'name'>>;
  readonly span: { readonly from: Instant; readonly to: Instant };
  /** The organisation's, IANA name: whose clock floating windows go by. */
  readonly zone: string;
}

export interface CalendarSurroundings {
  /** The public address without a slash at its end. */
  readonly base: string;
  readonly now: Instant;
  readonly itemName: (item: ItemId) => string;
}

const DONE: ReadonlySet<Change['state']> = new Set(['review', 'closed']);

/**
 * A change that holds its place is confirmed, one that does not hold it yet tentative, one that was called off cancelled
 * (CHG-80). A window is one event for each time that it comes (CHG-81). A meeting of a board
 * is confirmed, and cancelled once called off (CHG-106). Ids stay with what they are for (CHG-82).
 */
export function changeCalendarEvents(
  { changes, windows, models, span, zone, meetings = [], boards = new Map() }: CalendarContent,
  around: CalendarSurroundings,
): readonly CalendarEvent[] {
  return [
    ...changes.flatMap((change) => eventOfChange(change, models.get(change.model), span, around) ?? []),
    ...windows.flatMap((window) => eventsOfWindow(window, span, zone, around)),
    ...meetings.flatMap((meeting) => eventOfMeeting(meeting, boards, span, around) ?? []),
  ];
}

function eventOfChange(
  change: Change,
  model: ChangeModel | undefined,
  span: CalendarContent['span'],
  { base, itemName }: CalendarSurroundings,
): CalendarEvent | null {
  const { id, number, title, begins, ends, state, items, risk } = change;
  if (begins === null || ends === null || ends <= span.from || begins >= span.to) return null;
  const isFirm = DONE.has(state) || (model !== undefined && rulesOf(model, state).holdsPlace);
  const lines = [
    `Model: ${model?.name ?? change.model}`,
    `State: ${state}`,
    `Risk: ${risk === null ? 'not assessed' : risk.level.replace('_', ' ')}`,
    ...(items.length === 0 ? [] : [`Changes: ${items.map(itemName).join(', ')}`]),
    ...(change.outage ? ['With an outage'] : []),
  ];
  return {
    uid: `change-${id}`,
    from: begins,
    to: ends,
    madeAt: change.madeAt,
    changedAt: change.updatedAt,
    sequence: change.version,
    status: state === 'cancelled' ? 'CANCELLED' : isFirm ? 'CONFIRMED' : 'TENTATIVE',
    summary: number === null ? title : `${number} ${title}`,
    description: lines.join('\n'),
    category: 'Change',
    url: `${base}/change/${id}`,
  };
}

function eventsOfWindow(
  { id, version, name, kind, hard, when, services }: ChangeWindow,
  { from, to }: CalendarContent['span'],
  zone: string,
  { base, now, itemName }: CalendarSurroundings,
): readonly CalendarEvent[] {
  const what = kind === 'maintenance' ? 'Maintenance' : hard ? 'Hard freeze' : 'Soft freeze';
  return occurrencesBetween(when, from, to, zone).map((occurrence) => ({
    uid: `window-${id}-${occurrence.from}`,
    from: occurrence.from,
    to: occurrence.to,
    changedAt: now,
    sequence: version,
    status: 'CONFIRMED',
    summary: `${what}: ${name}`,
    description: services === null ? 'For everything' : `For ${services.map(itemName).join(', ')}`,
    category: what,
    url: `${base}/change/calendar`,
  }));
}

function eventOfMeeting(
  { id, board, state, beginsAt, endsAt, version, updatedAt }: ShownMeeting,
  boards: NonNullable<CalendarContent['boards']>,
  { from, to }: CalendarContent['span'],
  { base }: CalendarSurroundings,
): CalendarEvent | null {
  if (endsAt <= from || beginsAt >= to) return null;
  return {
    uid: `meeting-${id}`,
    from: beginsAt,
    to: endsAt,
    changedAt: updatedAt,
    sequence: version,
    status: state === 'called_off' ? 'CANCELLED' : 'CONFIRMED',
    summary: boards.get(board)?.name ?? 'Change board',
    description: 'Meeting of the change board',
    category: 'Change board',
    url: `${base}/change/board/${id}`,
  };
}
