/** The minutes of a meeting as Markdown: who was there, what was decided with which votes, and what was noted. */
import { markdownLine, onTheClock } from '../../shared/index.ts';
import type { Directory, Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { MeetingBoard } from './board.ts';
import { spentOn } from './meeting.ts';
import type { AgendaItem, ItemDecision, Meeting, NotedVote } from './meeting.ts';

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

/** By the clock of the board (CHG-104). */
export function minutesOf(meeting: Meeting, facts: MinutesFacts): string {
  const { board, notes } = facts;
  const zone = board.when.zone ?? 'UTC';
  const clock = (at: Instant) => clockOf(at, zone);
  const day = dayOf(meeting.beginsAt, zone);
  const head = [
    `${STATE_WORDS[meeting.state]}. ${day}, ${clock(meeting.beginsAt)} to ${clock(meeting.endsAt)} (${zone}).`,
    ...(meeting.reason === null ? [] : [`Why: ${markdownLine(meeting.reason)}`]),
    ...(meeting.openedAt === null ? [] : [`Opened ${clock(meeting.openedAt)}.`]),
    ...(meeting.closedAt === null ? [] : [`Closed ${clock(meeting.closedAt)}.`]),
  ];
  const items = meeting.agenda.map((item, index) => itemSection(item, index, zone, facts));
  const sections = [
    `# ${markdownLine(board.name)}, ${day}`,
    head.join(' '),
    ...section('People', peopleLines(meeting, zone, facts)),
    ...(items.length === 0 ? [] : ['## Agenda', ...items]),
    ...(notes.trim() === '' ? [] : ['## Notes', notes.trim()]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function peopleLines(meeting: Meeting, zone: string, { people }: MinutesFacts): readonly string[] {
  const { chair, attendance, invited } = meeting;
  const came = new Set(attendance.map(({ person }) => person));
  const absent = invited.filter((person) => !came.has(person));
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

function itemSection(item: AgendaItem, index: number, zone: string, facts: MinutesFacts): string {
  const change = facts.changeOf(item.change);
  const title = markdownLine(change?.title ?? item.change);
  const number = change?.number == null ? '' : ` (${change.number})`;
  const minutes = Math.round(spentOn(item, facts.now) / MINUTE_MS);
  const lines = [
    ...(item.takenOver ? ['- Taken over from an earlier meeting'] : []),
    ...(item.decision === null ? ['- No decision'] : decisionLines(item.decision, zone, facts)),
    ...(minutes === 0 ? [] : [`- ${minutes} min`]),
  ];
  return `### ${index + 1}. ${title}${number}\n\n${lines.join('\n')}`;
}

function decisionLines(decision: ItemDecision, zone: string, { people }: MinutesFacts): readonly string[] {
  const { verdict, by, at, note, votes, state, revision } = decision;
  const word = `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`;
  return [
    `- ${word}, noted by ${nameOf(by, people)} at ${clockOf(at, zone)}${note === null ? '' : `: ${markdownLine(note)}`}`,
    ...votes.map(
      (vote) =>
        `- ${nameOf(vote.person, people)} ${VOTE_WORDS[vote.vote]}${vote.note === null ? '' : `: ${markdownLine(vote.note)}`}`,
    ),
    `- The change stood in ${state} then, with revision ${revision}`,
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
