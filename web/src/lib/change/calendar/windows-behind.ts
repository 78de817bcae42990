/** Maintenance windows and freezes as stretches of time, with what they are for and whether that is all that is looked at. */
import { occurrencesBetween } from '@muster/domain/shared';
import type { ServiceId } from '@muster/domain/shared';
import type { ChangeWindow } from '@muster/domain/change';
import type { CalendarFilter } from './shown-changes.ts';
import type { Span } from './span.ts';

export type WindowLook = 'maintenance' | 'freeze-soft' | 'freeze-hard';

/** What somebody looks at: null stands for everything. */
export interface Focus {
  readonly services: readonly string[] | null;
  readonly model: string | null;
}

/** What a window is for: null for all there are. */
type WindowScope = Pick<ChangeWindow, 'services' | 'classes' | 'models'>;

export interface WindowStretch extends Span, WindowScope {
  readonly look: WindowLook;
  /** It is for some only of what is looked at. */
  readonly partial: boolean;
  /** Of all windows that it is made of. */
  readonly names: readonly string[];
}

/** Names for what windows are for. */
export interface ScopeNames {
  item(id: string): string;
  model(id: string): string;
}

export const LOOK_WORDS: Readonly<Record<WindowLook, string>> = {
  maintenance: 'Maintenance',
  'freeze-soft': 'Soft freeze',
  'freeze-hard': 'Hard freeze',
};

export function lookOf({ kind, hard }: Pick<ChangeWindow, 'kind' | 'hard'>): WindowLook {
  if (kind === 'maintenance') return 'maintenance';
  return hard ? 'freeze-hard' : 'freeze-soft';
}

export function focusOf({ service, model }: Pick<CalendarFilter, 'service' | 'model'>): Focus {
  return { services: service === null ? null : [service], model };
}

/** Whether a window has anything to say about what is looked at. */
export function concerns({ services, models }: ChangeWindow, focus: Focus): boolean {
  return (
    (services === null ||
      focus.services === null ||
      focus.services.some((each) => services.includes(each as ServiceId))) &&
    (models === null || focus.model === null || models.includes(focus.model))
  );
}

function isPartial({ services, models, classes }: ChangeWindow, focus: Focus): boolean {
  return (
    (services !== null && focus.services === null) ||
    (models !== null && focus.model === null) ||
    classes !== null
  );
}

/** @param zone Whose clock floating windows go by */
export function stretchesOf(
  windows: readonly ChangeWindow[],
  { from, to }: Span,
  zone: string,
  focus: Focus,
): readonly WindowStretch[] {
  return windows.flatMap((window) => {
    const { name, services, classes, models } = window;
    const look = {
      ...{ look: lookOf(window), partial: isPartial(window, focus), names: [name] },
      ...{ services, classes, models },
    };
    return occurrencesBetween(window.when, from, to, zone).map((occurrence): WindowStretch => ({
      ...look,
      from: occurrence.from,
      to: occurrence.to,
    }));
  });
}

/** Those of one key that meet, as one: by how they look, or also by what they are for. */
export function mergedStretches(
  single: readonly WindowStretch[],
  by: (stretch: WindowStretch) => string,
): readonly WindowStretch[] {
  return [...Map.groupBy(single, by).values()].flatMap((alike) => {
    const merged: WindowStretch[] = [];
    for (const each of alike.toSorted((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last === undefined || each.from > last.to) merged.push(each);
      else merged[merged.length - 1] = joined(last, each);
    }
    return merged;
  });
}

function joined(a: WindowStretch, b: WindowStretch): WindowStretch {
  const union = <Id>(one: readonly Id[] | null, other: readonly Id[] | null) =>
    one === null || other === null ? null : [...new Set([...one, ...other])];
  return {
    ...a,
    to: Math.max(a.to, b.to),
    names: [...new Set([...a.names, ...b.names])],
    services: union(a.services, b.services),
    classes: union(a.classes, b.classes),
    models: union(a.models, b.models),
  };
}

export const byLook = ({ look, partial }: WindowStretch): string => `${look} ${partial}`;
export const byScope = (stretch: WindowStretch): string =>
  JSON.stringify([stretch.look, stretch.names, stretch.services, stretch.classes, stretch.models]);

/** `Hard freeze: Year end`, `Maintenance: Nightly, Weekly and 3 more`. */
export function stretchWords({ look, names }: Pick<WindowStretch, 'look' | 'names'>): string {
  return `${LOOK_WORDS[look]}: ${someOf(names)}`;
}

/** `all services`, `Payroll, Ledger and 3 more`, `all services, Standard changes only`. */
export function scopeWords({ services, classes, models }: WindowScope, names: ScopeNames, most = 2): string {
  const touched =
    services === null
      ? 'all services'
      : someOf(
          services.map((each) => names.item(each)),
          most,
        );
  return [
    touched,
    classes !== null && `${someOf(classes, most)} only`,
    models !== null &&
      `${someOf(
        models.map((each) => names.model(each)),
        most,
      )} changes only`,
  ]
    .filter((words) => words !== false)
    .join(', ');
}

function someOf(names: readonly string[], most = 2): string {
  const rest = names.length - most;
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
