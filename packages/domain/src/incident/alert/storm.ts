import type { AlertNumbers } from './settings.ts';

/** How many groups of an integration began to fire within `stormMinutes`: in all, and by label that they share. */
export interface RecentGroups {
  readonly all: number;
  readonly sharing: (label: string, value: string) => number;
}

/**
 * The storm that a new group belongs to: `label=value` that more than its share of new groups have in common, the
 * whole integration as `*`, or null for a group that stands alone. The group itself is counted already.
 */
export function stormOf(
  labels: Readonly<Record<string, string>>,
  recent: RecentGroups,
  { stormLabels, stormLabelGroups, stormGroups }: AlertNumbers,
): string | null {
  for (const label of stormLabels) {
    const value = labels[label];
    if (value !== undefined && recent.sharing(label, value) > stormLabelGroups) return `${label}=${value}`;
  }
  return recent.all > stormGroups ? '*' : null;
}
