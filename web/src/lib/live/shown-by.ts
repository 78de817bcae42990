/** What shows an own act, and lets go of it when what came of it is here: one part of the living state for each kind. */
export type ShowingPart = 'tickets' | 'announcements' | OnDemandPart;

/** Those that are fetched when an act of theirs waits. */
export type OnDemandPart =
  'schedules' | 'changes' | 'releases' | 'meetings' | 'knownErrors' | 'problems' | 'configuration';

/** By the first word of an act's type. A name stands here when its part finishes it; all others are tickets' own. */
export const SHOWN_BY: ReadonlyMap<string, Exclude<ShowingPart, 'tickets'>> = new Map([
  ['announcement', 'announcements'],
  ['schedule', 'schedules'],
  ['change', 'changes'],
  ['change-template', 'changes'],
  ['change-board', 'meetings'],
  ['change-meeting', 'meetings'],
  ['release', 'releases'],
  ['problem', 'problems'],
  ['item', 'configuration'],
  ['relation', 'configuration'],
  ['known-error', 'knownErrors'],
]);

export function shownBy({ type }: { readonly type: string }): ShowingPart {
  return SHOWN_BY.get(type.slice(0, type.indexOf('.'))) ?? 'tickets';
}
