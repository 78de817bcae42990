/** Maintenance windows and freezes as stretches to be drawn behind the changes, those alike and overlapping as one. */
import { occurrencesBetween } from '@muster/domain/shared';
import type { ServiceId } from '@muster/domain/shared';
import type { ChangeWindow } from '@muster/domain/change';
import type { Span } from './span.ts';

export type WindowLook = 'maintenance' | 'freeze-soft' | 'freeze-hard';

export interface WindowStretch extends Span {
  readonly look: WindowLook;
  /** Of all windows that it is made of. */
  readonly names: readonly string[];
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

/** Whether a window has anything to say where only one service or model is looked at; null looks at everything. */
export function concerns(
  { services, models }: ChangeWindow,
  { service, model }: { readonly service: string | null; readonly model: string | null },
): boolean {
  return (
    (service === null || services === null || services.includes(service as ServiceId)) &&
    (model === null || models === null || models.includes(model))
  );
}

/** @param zone Whose clock floating windows go by */
export function stretchesOf(
  windows: readonly ChangeWindow[],
  { from, to }: Span,
  zone: string,
): readonly WindowStretch[] {
  const single = windows.flatMap((window) =>
    occurrencesBetween(window.when, from, to, zone).map((occurrence): WindowStretch => ({
      from: occurrence.from,
      to: occurrence.to,
      look: lookOf(window),
      names: [window.name],
    })),
  );
  return mergedStretches(single);
}

/** Stretches that look alike and meet, as one. */
export function mergedStretches(single: readonly WindowStretch[]): readonly WindowStretch[] {
  const merged: WindowStretch[] = [];
  for (const look of ['maintenance', 'freeze-soft', 'freeze-hard'] as const) {
    for (const each of single.filter((one) => one.look === look).toSorted((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last?.look !== look || each.from >= last.to) merged.push(each);
      else
        merged[merged.length - 1] = {
          ...last,
          to: Math.max(last.to, each.to),
          names: [...new Set([...last.names, ...each.names])],
        };
    }
  }
  return merged;
}

/** `Hard freeze: Year end`, `Maintenance: Nightly, Weekly and 3 more`. */
export function stretchWords({ look, names }: WindowStretch): string {
  const shown = names.slice(0, 2).join(', ');
  return `${LOOK_WORDS[look]}: ${shown}${names.length > 2 ? ` and ${names.length - 2} more` : ''}`;
}
