/** Moving the chosen change by key and to its next free place, with every place said aloud. */
import { SLOT_DAYS } from '@muster/domain/change';
import { conflictTitle, noSlotWords } from '../conflict-words.ts';
import type { ConflictNames } from '../conflict-words.ts';
import type { ChangeCalendar } from './calendar.svelte.ts';
import type { WallDelta } from './wall-clock.ts';
import type { Place } from './span.ts';

const HOURS_OF_ZOOM = { day: 1, week: 6, month: 24, quarter: 24 } as const;

export class CalendarHand {
  readonly #calendar: ChangeCalendar;
  readonly #names: () => ConflictNames;
  readonly #say: (words: string) => void;
  #noSlot = $state.raw<{ readonly id: string; readonly words: string } | null>(null);

  constructor(calendar: ChangeCalendar, names: () => ConflictNames, say: (words: string) => void) {
    this.#calendar = calendar;
    this.#names = names;
    this.#say = say;
  }

  /** Why there is no free place for the chosen change, once it was asked for. */
  get noSlot(): string | null {
    return this.#noSlot?.id === this.#calendar.selected?.id ? (this.#noSlot?.words ?? null) : null;
  }

  /** To the next free place; in place of where it was dropped, when that is being asked about. */
  takeFree(): void {
    const { selected, asked } = this.#calendar;
    if (selected === undefined) return;
    const answer =
      asked === null ? this.#calendar.takeFreeSlot(selected.id) : this.#calendar.takeFreeInstead();
    this.#noSlot =
      answer === null || answer.found
        ? null
        : { id: selected.id, words: noSlotWords(answer, SLOT_DAYS, this.#names()) };
    if (this.#noSlot === null) this.#sayHeld();
    else this.#say(this.#noSlot.words);
  }

  /** By an arrow: across, and up or down. */
  nudge(across: number, down: number): void {
    const { selected, place } = this.#calendar;
    if (selected === undefined || this.#calendar.whyFixed(selected) !== null) return;
    this.#noSlot = null;
    this.#calendar.nudge(selected.id, deltaOf(place, across, down));
    this.#sayHeld();
  }

  #sayHeld(): void {
    const { held } = this.#calendar;
    if (held === null) return;
    const found = held.conflicts.map(conflictTitle).join(', ');
    this.#say(`${this.#names().stretch(held.begins, held.ends)}: ${found === '' ? 'no conflict' : found}`);
  }
}

/** How far an arrow moves a change, by what is on the page. */
function deltaOf({ view, zoom }: Pick<Place, 'view' | 'zoom'>, across: number, down: number): WallDelta {
  switch (view) {
    case 'month':
    case 'list':
      return { days: across + 7 * down };
    case 'week':
      return { days: across, seconds: 1800 * down };
    case 'timeline':
      return { seconds: 3600 * HOURS_OF_ZOOM[zoom] * across + 900 * down };
  }
}
