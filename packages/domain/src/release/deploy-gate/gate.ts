/**
 * The gate for machines: a pipeline asks whether it may deploy (A4 row 18). It may when a change of the service is
 * approved, now is in its window, and no freeze stands against it. All reasons are told, not only the first.
 */
import type { Instant, RecordId, ServiceId } from '../../shared/index.ts';
import type { Window } from '../facts.ts';

export interface GateQuestion {
  readonly service: ServiceId;
  readonly environment: string;
  /** The change that it is deployed under; any of the service will do when none is named. */
  readonly change?: RecordId | undefined;
}

/** A change as the gate sees it. */
export interface GateChange {
  readonly id: RecordId;
  readonly number: string | null;
  readonly services: readonly ServiceId[];
  readonly standing: 'open' | 'closed' | 'inactive';
  readonly approved: boolean;
  readonly window: Window | null;
}

export interface Freeze extends Window {
  readonly id: string;
  readonly name: string;
  /** A hard one stops; a soft one is only told. */
  readonly isHard: boolean;
  /** Null for all. */
  readonly services: readonly ServiceId[] | null;
  readonly environments: readonly string[] | null;
}

export interface GateFacts {
  readonly services: ReadonlySet<ServiceId>;
  readonly changes: readonly GateChange[];
  /** Each occurrence that may matter now. */
  readonly freezes: readonly Freeze[];
}

/** Why not, or what is worth knowing. The codes are stable: pipelines branch on them. */
export type GateReason =
  | { readonly code: 'release/unknown-service'; readonly blocks: true; readonly service: ServiceId }
  | { readonly code: 'release/unknown-change'; readonly blocks: true; readonly change: RecordId }
  | { readonly code: 'release/change-of-other-service'; readonly blocks: true; readonly change: RecordId }
  | { readonly code: 'release/change-over'; readonly blocks: true; readonly change: RecordId }
  | { readonly code: 'release/no-change'; readonly blocks: true; readonly service: ServiceId }
  | { readonly code: 'release/not-approved'; readonly blocks: true; readonly change: RecordId }
  | {
      readonly code: 'release/outside-window';
      readonly blocks: true;
      readonly change: RecordId;
      readonly window: Window | null;
    }
  | {
      readonly code: 'release/frozen';
      readonly blocks: boolean;
      readonly freeze: string;
      readonly name: string;
      readonly until: Instant;
    };

export interface GateAnswer {
  readonly allow: boolean;
  /** The change that allows it; null when none does. */
  readonly change: RecordId | null;
  readonly reasons: readonly GateReason[];
}

export function decideDeployment(question: GateQuestion, facts: GateFacts, now: Instant): GateAnswer {
  const { service, environment } = question;
  if (!facts.services.has(service))
    return answer(null, [{ code: 'release/unknown-service', blocks: true, service }]);
  const frozen = facts.freezes
    .filter((freeze) => isWithin(freeze, now) && touches(freeze, service, environment))
    .map(({ id: freeze, name, isHard: blocks, endsAt: until }) => ({
      code: 'release/frozen' as const,
      blocks,
      freeze,
      name,
      until,
    }));
  const named = question.change;
  if (named !== undefined) {
    const change = facts.changes.find(({ id }) => id === named);
    const faults: readonly GateReason[] =
      change === undefined
        ? [{ code: 'release/unknown-change', blocks: true, change: named }]
        : faultsOf(change, service, now);
    return answer(named, [...faults, ...frozen]);
  }
  const open = facts.changes
    .filter(({ standing, services }) => standing === 'open' && services.includes(service))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const fit = open.find((change) => faultsOf(change, service, now).length === 0);
  if (fit !== undefined) return answer(fit.id, frozen);
  const faults: readonly GateReason[] =
    open.length === 0
      ? [{ code: 'release/no-change', blocks: true, service }]
      : open.flatMap((change) => faultsOf(change, service, now));
  return answer(null, [...faults, ...frozen]);
}

function faultsOf(change: GateChange, service: ServiceId, now: Instant): readonly GateReason[] {
  const { id, services, standing, approved, window } = change;
  const faults: GateReason[] = [];
  if (!services.includes(service))
    faults.push({ code: 'release/change-of-other-service', blocks: true, change: id });
  if (standing !== 'open') faults.push({ code: 'release/change-over', blocks: true, change: id });
  if (!approved) faults.push({ code: 'release/not-approved', blocks: true, change: id });
  if (window === null || !isWithin(window, now))
    faults.push({ code: 'release/outside-window', blocks: true, change: id, window });
  return faults;
}

function answer(change: RecordId | null, reasons: readonly GateReason[]): GateAnswer {
  const allow = reasons.every(({ blocks }) => !blocks);
  return { allow, change: allow ? change : null, reasons };
}

/** The end belongs to what comes after it. */
function isWithin({ beginsAt, endsAt }: Window, now: Instant): boolean {
  return beginsAt <= now && now < endsAt;
}

function touches({ services, environments }: Freeze, service: ServiceId, environment: string): boolean {
  return (services?.includes(service) ?? true) && (environments?.includes(environment) ?? true);
}
