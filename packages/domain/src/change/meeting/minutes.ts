/** The minutes of a meeting as Markdown: who was there, what was decided with which votes, and what was noted. */
import { markdownLine, onTheClock } from '../../shared/index.ts';
import type { Directory, Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { ChangeState } from '../model/model.ts';
import type { MeetingBoard } from './board.ts';
import { spentOn } from './meeting.ts';
import type { AgendaItem, HeldAs, ItemDecision, Meeting, NotedVote } from './meeting.ts';

/** What a state of a change is called in words. */
export const CHANGE_STATE_WORDS: Readonly<Record<ChangeState, string>> = {
  new: 'New',
  detected: 'Detected',
  assess: 'Assessed',
  authorize: 'To be approved',
  scheduled: 'Scheduled',
  implement: 'In progress',
  review: 'In review',
  closed: 'Closed',
  cancelled: 'Cancelled',
};

/** What the minutes say of an item that has no decision when the meeting is over. */
export const NOT_COME_TO = 'Not come to: taken over to the next meeting';

export interface MinutesFacts {
  readonly board: Pick<MeetingBoard, 'name' | 'when'>;
  readonly people: Directory['people'];
  readonly changeOf: (id: RecordId) => Pick<Change, 'number' | 'title'> | undefined;
  /** What everybody wrote, as Markdown. */
  readonly notes: string;
  readonly now: Instant;
}

const MINUTE_MS = 60_000;

const STATE_WORDS: Readonly<Record<Meeting['state'], string>> = {
  planned: 'Planned',
  live: 'Going on',
  closed: 'Closed',
  called_off: 'Called off',
};

const VOTE_WORDS: Readonly<Record<NotedVote['vote'], string>> = {
  approved: 'approves',
  rejected: 'rejects',
  abstained: 'abstains',
};

/** What a meeting says of its board: as it was at the end, or as it is now where that was not kept. */
export function heldAsOf(
  { heldAs }: Pick<Meeting, 'heldAs'>,
  { name, when }: Pick<MeetingBoard, 'name' | 'when'>,
): HeldAs {
  return heldAs ?? { name, zone: when.zone };
}

/** Whoever was invited and did not come, in the order in which they are invited. */
export function absentFrom({ attendance, invited }: Pick<Meeting, 'attendance' | 'invited'>): PersonId[] {
  const came = new Set(attendance.map(({ person }) => person));
  return invited.filter((person) => !came.has(person));
}

/** By the clock of the board (CHG-104). */
export function minutesOf(meeting: Meeting, facts: MinutesFacts): string {
  const { notes } = facts;
  const held = heldAsOf(meeting, facts.board);
  const zone = held.zone ?? 'UTC';
  const items = meeting.agenda.map((item, index) => itemSection(item, index, meeting, zone, facts));
  const sections = [
    `# ${markdownLine(held.name)}, ${dayOf(meeting.openedAt ?? meeting.beginsAt, zone)}`,
    headLine(meeting, zone),
    ...section('People', peopleLines(meeting, zone, facts)),
    ...(items.length === 0 ? [] : ['## Agenda', ...items]),
    ...(notes.trim() === '' ? [] : ['## Notes', notes.trim()]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** When it was held, as far as it was; and for when it was planned. */
function headLine({ state, reason, openedAt, closedAt, beginsAt, endsAt }: Meeting, zone: string): string {
  const clock = (at: Instant) => clockOf(at, zone);
  const day = (at: Instant, shown: Instant | null) =>
    shown !== null && dayOf(at, zone) === dayOf(shown, zone) ? '' : `${dayOf(at, zone)} `;
  const planned = `${dayOf(beginsAt, zone)}, ${clock(beginsAt)} to ${day(endsAt, beginsAt)}${clock(endsAt)}`;
  const held = closedAt === null ? '' : ` to ${day(closedAt, openedAt)}${clock(closedAt)}`;
  return [
    `${STATE_WORDS[state]}.`,
    ...(reason === null ? [] : [`Why: ${markdownLine(reason)}`]),
    openedAt === null
      ? `Planned for ${planned} (${zone}).`
      : `Held ${dayOf(openedAt, zone)}, from ${clock(openedAt)}${held} (${zone}). Planned for ${planned}.`,
  ].join(' ');
}

function peopleLines(meeting: Meeting, zone: string, { people }: MinutesFacts): readonly string[] {
  const { chair, attendance } = meeting;
  const absent = absentFrom(meeting);
  return [
    ...(chair === null ? [] : [`- Chair: ${nameOf(chair, people)}`]),
    ...attendance.map(({ person, from, to }) => {
      const until = to === null ? 'on' : `to ${clockOf(to, zone)}`;
      return `- ${nameOf(person, people)}, from ${clockOf(from, zone)} ${until}`;
    }),
    ...(absent.length === 0
      ? []
      : [`- Not there: ${absent.map((person) => nameOf(person, people)).join(', ')}`]),
  ];
}

function itemSection(
  item: AgendaItem,
  index: number,
  { state }: Pick<Meeting, 'state'>,
  zone: string,
  facts: MinutesFacts,
): string {
  const change = item.named ?? facts.changeOf(item.change);
  const undecided = state === 'closed' ? NOT_COME_TO : 'No decision yet';
  const title = markdownLine(change?.title ?? item.change);
  const number = change?.number == null ? '' : ` (${change.number})`;
  const minutes = Math.round(spentOn(item, facts.now) / MINUTE_MS);
  const lines = [
    ...(item.takenOver ? ['- Taken over from an earlier meeting'] : []),
    ...(item.decision === null ? [`- ${undecided}`] : decisionLines(item.decision, zone, facts)),
    ...(minutes === 0 ? [] : [`- ${minutes} min`]),
  ];
  return `### ${index + 1}. ${title}${number}\n\n${lines.join('\n')}`;
}

function decisionLines(decision: ItemDecision, zone: string, { people }: MinutesFacts): readonly string[] {
  const { verdict, by, at, note, votes, state, revision } = decision;
  const word = `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`;
  return [
    `- ${word}, noted by ${nameOf(by, people)} at ${clockOf(at, zone)}${note === null ? '' : `: ${markdownLine(note)}`}`,
    `- On revision ${revision}, which was “${CHANGE_STATE_WORDS[state]}” then`,
    ...(votes.length === 0 ? ['- Nobody had voted'] : []),
    ...votes.map(
      (vote) =>
        `- ${nameOf(vote.person, people)} ${VOTE_WORDS[vote.vote]}${vote.note === null ? '' : `: ${markdownLine(vote.note)}`}`,
    ),
  ];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, lines.join('\n')];
}

function nameOf(person: PersonId, people: Directory['people']): string {
  return markdownLine(people.get(person)?.name ?? 'somebody');
}

function clockOf(at: Instant, zone: string): string {
  return onTheClock(zone, at).slice(11, 16);
}

function dayOf(at: Instant, zone: string): string {
  return onTheClock(zone, at).slice(0, 10);
}
