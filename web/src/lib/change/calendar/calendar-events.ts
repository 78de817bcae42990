/** What the calendar library draws, from changes. Times go over as wall clock of the zone. */
import type { Calendar } from '@event-calendar/core';
import type { RecordId } from '@muster/domain/shared';
import type { ChangeGhost } from '#lib/live/change/change-ghosts.ts';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';
import { mostTelling, riskClass } from './shown-changes.ts';
import type { PlacedChange } from './shown-changes.ts';
import { dayOf, wallOf } from './wall-clock.ts';

/** Of a day of the month: more stand behind a line that leads to the day. */
const MOST_A_DAY = 5;
/** Of a week or a timeline: what stands on the page is moved and measured with every act. */
export const MOST_AT_ONCE = 400;

export const MORE_PREFIX = 'more:';
export const GHOST_PREFIX = 'ghost:';
/** What this person holds by key, or has dropped and is asked about. */
export const OWN_GHOST = `${GHOST_PREFIX}own`;

export type EventInput = Calendar.EventInput;

export function eventOf(
  { change, begins, ends, risk, firm }: PlacedChange,
  zone: string,
  groups: readonly string[],
  movable: boolean,
  /** For its words, in hours. */
  room = 0,
): EventInput {
  return {
    id: change.id,
    start: wallOf(begins, zone),
    end: wallOf(ends, zone),
    allDay: false,
    title: change.title,
    editable: movable,
    resourceIds: [...groups],
    classNames: ['change', riskClass(risk), ...(firm ? [] : ['unconfirmed'])],
    styles: [`--_room: ${room.toFixed(2)}`],
    extendedProps: { change },
  };
}

/** The changes of a month, at most so many a day, and what says how many more there are. */
export function monthEvents(
  shown: readonly PlacedChange[],
  zone: string,
  movable: (change: ChangeRow) => boolean,
  chosen: RecordId | null = null,
): readonly EventInput[] {
  const byDay = Map.groupBy(shown, ({ begins }) => dayOf(begins, zone));
  return [...byDay].flatMap(([day, changes]) => {
    const most = changes.length > MOST_A_DAY + 1 ? MOST_A_DAY : changes.length;
    const events = mostTelling(changes, most, chosen).map((each) =>
      eventOf(each, zone, [], movable(each.change)),
    );
    const rest = changes.length - events.length;
    if (rest === 0) return events;
    return [
      ...events,
      {
        id: `${MORE_PREFIX}${day}`,
        // in the last minute, so that it stands below all others of its day
        start: `${day}T23:59:00`,
        end: `${day}T23:59:59`,
        allDay: false,
        title: `${rest} more`,
        editable: false,
        classNames: ['more'],
      },
    ];
  });
}

export function ghostEvents(
  ghosts: readonly (Pick<ChangeGhost, 'change' | 'begins' | 'ends'> & {
    readonly id: string;
    readonly title: string;
    readonly colour: string | null;
    readonly conflicts: number;
    readonly groups: readonly string[];
  })[],
  zone: string,
): readonly EventInput[] {
  return ghosts.map(({ id, begins, ends, title, colour, conflicts, groups }) => ({
    id,
    start: wallOf(begins, zone),
    end: wallOf(ends, zone),
    allDay: false,
    title,
    editable: false,
    resourceIds: [...groups],
    classNames: ['ghost', ...(conflicts > 0 ? ['collides'] : [])],
    ...(colour === null ? {} : { styles: [`--_of: ${colour}`] }),
    extendedProps: { conflicts },
  }));
}
