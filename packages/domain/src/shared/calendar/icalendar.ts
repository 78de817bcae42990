/** iCalendar (RFC 5545): times in UTC, a sequence that rises with each change. */

export interface CalendarEvent {
  /** Stays with the event for ever; the host follows. */
  readonly uid: string;
  readonly from: number;
  readonly to: number;
  /** When it was made, where that is known. */
  readonly madeAt?: number;
  readonly changedAt: number;
  /** Rises with each change. */
  readonly sequence: number;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly summary: string;
  readonly description: string;
  readonly category: string;
  readonly url: string;
}

const MOST_OCTETS = 75;

/** A calendar that is read again every hour, or without a name events by themselves. `base` is the public address without a slash at its end. */
export function calendarText(name: string | null, base: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Muster//Status//EN',
    'METHOD:PUBLISH',
    ...(name === null ? [] : feedLines(escaped(name))),
    ...events.flatMap((each) => linesOf(each, base)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function feedLines(title: string): readonly string[] {
  const names = [`NAME:${title}`, `X-WR-CALNAME:${title}`];
  return [...names, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'];
}

function linesOf(event: CalendarEvent, base: string): readonly string[] {
  const { uid, from, to, madeAt, changedAt, sequence, status, summary, description, category, url } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${uid}@${hostOf(base)}`,
    `DTSTAMP:${utc(changedAt)}`,
    `DTSTART:${utc(from)}`,
    `DTEND:${utc(to)}`,
    ...(madeAt === undefined ? [] : [`CREATED:${utc(madeAt)}`]),
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${status}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `CATEGORIES:${escaped(category)}`,
    `URL:${url}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** `20260601T090000Z` */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function hostOf(base: string): string {
  return /^[a-z]+:\/\/([^/]+)/i.exec(base)?.[1] ?? base;
}

/** TEXT of RFC 5545: separators behind a backslash, line ends as `\n`, no other control characters. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '');
}

/** Lines have at most 75 octets; the rest goes on after a line end and a space, never inside a character. */
function folded(line: string): string {
  let length = 0;
  let text = '';
  for (const character of line) {
    const octets = octetsOf(character);
    if (length + octets > MOST_OCTETS) {
      text += '\r\n ';
      length = 1;
    }
    text += character;
    length += octets;
  }
  return text;
}

/** Of a character in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_00_00 ? 3 : 4;
}
