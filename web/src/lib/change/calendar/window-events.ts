/** How windows and freezes are drawn by the calendar library: behind the changes, and as bands that say their names. */
import type { ChangeWindow } from '@muster/domain/change';
import type { EventInput } from './calendar-events.ts';
import { NO_GROUP } from './shown-changes.ts';
import type { Grouping } from './shown-changes.ts';
import type { Span } from './span.ts';
import { dayOf, instantOf, movedBy, wallOf } from './wall-clock.ts';
import {
  byLook,
  byScope,
  concerns,
  mergedStretches,
  scopeWords,
  stretchWords,
  stretchesOf,
} from './windows-behind.ts';
import type { Focus, ScopeNames, WindowStretch } from './windows-behind.ts';

export const WINDOW_PREFIX = 'window:';

/** Who looks, at what, by whose clock. */
export interface WindowView {
  readonly windows: readonly ChangeWindow[];
  readonly focus: Focus;
  readonly span: Span;
  readonly zone: string;
  /** The zone that floating windows go by. */
  readonly floating: string;
  readonly names: ScopeNames;
}

/** Whole days behind the month, of what is for all that is looked at; the rest has its band only. */
export function daysBehind(view: WindowView): readonly EventInput[] {
  const whole = ofView(view).filter(({ partial }) => !partial);
  const days = mergedStretches(whole, byScope).map((each) => byWholeDays(each, view.zone));
  return behind(mergedStretches(days, byLook), view, true).map((event) => ({ ...event, title: '' }));
}

/** Hours behind the week; a freeze says its name in its band. */
export function hoursBehind(view: WindowView): readonly EventInput[] {
  return behind(mergedStretches(ofView(view), byLook), view, false);
}

/** Lines at the head of the days, so that no change lies over their words: `Hard freeze: Month end (Payroll)`. */
export function bandsOf(view: WindowView, withMaintenance: boolean): readonly EventInput[] {
  const told = ofView(view).filter(
    (each) => each.look !== 'maintenance' || (withMaintenance && !each.partial),
  );
  const days = told.map((each) => byWholeDays(each, view.zone));
  return mergedStretches(days, byScope).map((stretch, index) => ({
    ...placeOf(stretch, view),
    id: `${WINDOW_PREFIX}band:${index}`,
    allDay: true,
    editable: false,
    title: `${stretchWords(stretch)} (${scopeWords(stretch, view.names)})`,
    classNames: ['band', ...classesOf(stretch)],
  }));
}

/** The same for each row of the timeline that a window has to do with. */
export function hoursBehindRows(
  view: WindowView,
  rows: readonly string[],
  by: Grouping,
): readonly EventInput[] {
  return rows.flatMap((row) => {
    const focus = focusOfRow(row, by, view.focus);
    // of somebody's row nothing says which services it is about
    const windows = view.windows.filter(
      (window) => concerns(window, focus) && (focus.services !== null || window.services === null),
    );
    return hoursBehind({ ...view, windows, focus }).map((event) => ({
      ...event,
      id: `${String(event.id)}:${row}`,
      resourceIds: [row],
    }));
  });
}

function focusOfRow(row: string, by: Grouping, focus: Focus): Focus {
  switch (by) {
    case 'service':
      return { ...focus, services: row === NO_GROUP ? [] : [row] };
    case 'model':
      return { ...focus, model: row };
    case 'owner':
      return focus;
  }
}

function ofView({ windows, span, floating, focus }: WindowView): readonly WindowStretch[] {
  return stretchesOf(windows, span, floating, focus);
}

function behind(
  stretches: readonly WindowStretch[],
  view: WindowView,
  allDay: boolean,
): readonly EventInput[] {
  return stretches.map((stretch, index) => ({
    ...placeOf(stretch, view),
    id: `${WINDOW_PREFIX}${index}`,
    allDay,
    display: 'background',
    title: stretchWords(stretch),
    classNames: ['window', ...classesOf(stretch)],
  }));
}

function placeOf({ from, to }: WindowStretch, { span, zone }: WindowView) {
  return { start: wallOf(Math.max(from, span.from), zone), end: wallOf(Math.min(to, span.to), zone) };
}

function classesOf({ look, partial }: WindowStretch): readonly string[] {
  return partial ? [look, 'partial'] : [look];
}

function byWholeDays(stretch: WindowStretch, zone: string): WindowStretch {
  const last = dayOf(stretch.to - 1, zone);
  return {
    ...stretch,
    from: instantOf(dayOf(stretch.from, zone), zone),
    to: movedBy(instantOf(last, zone), { days: 1 }, zone),
  };
}
