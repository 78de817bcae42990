/** What a release is told of other processes, as plain facts: whoever calls the rules looks them up. */
import type { Instant, RecordId, ServiceId } from '../shared/index.ts';

export interface Window {
  readonly beginsAt: Instant;
  readonly endsAt: Instant;
}

/** A change as a release sees it. */
export interface ChangeFact {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly state: string;
  /** Work is left to do on it; done; or called off, so that nothing of it counts. */
  readonly standing: 'open' | 'closed' | 'inactive';
  /** Null while nobody has planned when it is carried out. */
  readonly window: Window | null;
  /** Configuration items that it touches. */
  readonly items: readonly string[];
  readonly service: ServiceId | null;
}

/** An incident as a release that is watched sees it. */
export interface IncidentFact {
  readonly id: RecordId;
  readonly openedAt: Instant;
  readonly items: readonly string[];
}

export interface ReleaseFacts {
  /** The member changes, and those that an act names. What is missing may not be read, and counts as open. */
  readonly changes: ReadonlyMap<RecordId, ChangeFact>;
  /** Incidents that an act names. */
  readonly incidents: ReadonlyMap<RecordId, IncidentFact>;
}
