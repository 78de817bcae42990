/** What the calendar shows, as files. */
import { changeCalendarEvents } from '@muster/domain/change';
import type { CalendarContent, CalendarSurroundings } from '@muster/domain/change';
import { calendarText } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import type { ConflictNames } from '../conflict-words.ts';
import { changeStateWords } from '#lib/wording/changes.ts';
import { riskWords } from './shown-changes.ts';
import type { PlacedChange } from './shown-changes.ts';
import { offsetOf, wallOf } from './wall-clock.ts';

const COLUMNS = [
  'Number',
  'Title',
  'Begins',
  'Ends',
  'Model',
  'State',
  'Confirmed',
  'Risk',
  'Services',
  'Owner',
  'Outage',
] as const;

/** Times with the offset of the zone, so that no reader has to guess. */
export function csvOf(
  shown: readonly PlacedChange[],
  zone: string,
  names: Pick<ConflictNames, 'item'>,
  personName: (id: PersonId) => string,
): string {
  const moment = (at: number) => `${wallOf(at, zone)}${offsetOf(at, zone)}`;
  const rows = shown.map(({ change, begins, ends, risk, firm }) => [
    change.number ?? change.token,
    change.title,
    moment(begins),
    moment(ends),
    change.model,
    changeStateWords(change.state),
    firm ? 'yes' : 'no',
    riskWords(risk),
    change.items.map((item) => names.item(item)).join('; '),
    change.owner === null ? '' : personName(change.owner),
    change.outage ? 'yes' : 'no',
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Of RFC 4180; what a spreadsheet would take for a formula is told to be text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function icsOf(content: CalendarContent, around: CalendarSurroundings): string {
  return calendarText(null, around.base, changeCalendarEvents(content, around));
}
