/** Which changes the calendar shows, and in which rows of the timeline. */
import { RISK_LEVELS, rankOfRisk, rulesOf } from '@muster/domain/change';
import type { ChangeModel, RiskLevel } from '@muster/domain/change';
import type { RecordId, ServiceId } from '@muster/domain/shared';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';
import { RISK_WORDS } from '#lib/wording/changes.ts';
import type { Span } from './span.ts';

/** Null for no narrowing; what is named must hold. */
export interface CalendarFilter {
  readonly service: string | null;
  readonly team: string | null;
  readonly model: string | null;
  readonly risk: RiskLevel | null;
}

export const NO_FILTER: CalendarFilter = { service: null, team: null, model: null, risk: null };

/** A change that has a window. */
export interface PlacedChange {
  readonly change: ChangeRow;
  readonly begins: number;
  readonly ends: number;
  readonly risk: RiskLevel | null;
  /** It is approved, or under way, or done: its place in the calendar is taken. */
  readonly firm: boolean;
}

const FIRM_LATER: ReadonlySet<string> = new Set(['review', 'closed']);

export function placedOf(change: ChangeRow, models: ReadonlyMap<string, ChangeModel>): PlacedChange | null {
  const { begins, ends, state, model: id } = change;
  if (begins === null || ends === null || state === 'cancelled') return null;
  const model = models.get(id);
  const firm = FIRM_LATER.has(state) || (model !== undefined && rulesOf(model, state).holdsPlace);
  return { change, begins, ends, risk: change.risk?.level ?? null, firm };
}

/** The changes of a span, those that begin first at the front. */
export function shownIn(
  changes: readonly ChangeRow[],
  models: ReadonlyMap<string, ChangeModel>,
  filter: CalendarFilter,
  { from, to }: Span,
): readonly PlacedChange[] {
  return changes
    .flatMap((change) => {
      const { begins, ends } = change;
      if (begins === null || ends === null || ends <= from || begins >= to || !passes(change, filter))
        return [];
      return placedOf(change, models) ?? [];
    })
    .toSorted((a, b) => a.begins - b.begins || a.change.id.localeCompare(b.change.id));
}

function passes(change: ChangeRow, { service, team, model, risk }: CalendarFilter): boolean {
  return (
    (service === null || change.items.includes(service as ServiceId)) &&
    (team === null || change.team === team) &&
    (model === null || change.model === model) &&
    (risk === null || change.risk?.level === risk)
  );
}

/**
 * The most there are to look at: of more than `most`, those of the highest risk and the one that is chosen, still in
 * the order of time.
 */
export function mostTelling(
  changes: readonly PlacedChange[],
  most: number,
  chosen: RecordId | null = null,
): readonly PlacedChange[] {
  if (changes.length <= most) return changes;
  const weight = (each: PlacedChange) => (each.change.id === chosen ? Infinity : weightOf(each));
  const drawn = new Set(
    changes
      .toSorted(
        (a, b) => Number(weight(b) > weight(a)) - Number(weight(a) > weight(b)) || a.begins - b.begins,
      )
      .slice(0, most),
  );
  return changes.filter((each) => drawn.has(each));
}

function weightOf({ risk, firm }: PlacedChange): number {
  return (risk === null ? 0 : 1 + rankOfRisk(risk)) * 2 + (firm ? 1 : 0);
}

export type Grouping = 'service' | 'owner' | 'model';

/** Rows for what has no service or no owner. */
export const NO_GROUP = 'none';

/** The rows of the timeline in which a change stands: one for each of its services. */
export function groupsOf({ change }: PlacedChange, by: Grouping): readonly string[] {
  if (by === 'model') return [change.model];
  if (by === 'owner') return [change.owner ?? NO_GROUP];
  return change.items.length === 0 ? [NO_GROUP] : change.items;
}

export function riskWords(risk: RiskLevel | null): string {
  return risk === null ? 'Not assessed' : `${RISK_WORDS[risk]} risk`;
}

/** The class by which an event is coloured and patterned. */
export function riskClass(risk: RiskLevel | null): string {
  return `risk-${risk === null ? 'open' : risk.replace('_', '-')}`;
}

export const RISK_OPTIONS = RISK_LEVELS.map((value) => ({
  value: value as string,
  label: RISK_WORDS[value],
}));
