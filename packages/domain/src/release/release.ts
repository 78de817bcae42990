import type { Instant, PersonId, RecordId, ServiceId } from '../shared/index.ts';
import type { Step } from './checklist/step.ts';
import type { Phase } from './phase/phase.ts';
import type { RollCall } from './roll-call/roll-call.ts';

/** The set grows at its end. */
export const RELEASE_KINDS = ['major', 'minor', 'patch', 'emergency'] as const;
export type ReleaseKind = (typeof RELEASE_KINDS)[number];

/** A8, RELEASE. The set grows at its end. */
export const RELEASE_STATES = [
  'draft',
  'planning',
  'building',
  'testing',
  'ready',
  'go',
  'no_go',
  'deploying',
  'rolling_back',
  'rolled_back',
  'hypercare',
  'review',
  'completed',
  'cancelled',
] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

/** `stages`: a phase ends when its work is done. `dates`: it ends on the day planned, whatever of it is done. */
export const PACES = ['stages', 'dates'] as const;
export type Pace = (typeof PACES)[number];

/** What its authors set. Its description is prose of the room. */
export interface ReleaseFields {
  readonly kind: ReleaseKind;
  readonly title: string;
  /** How it is called outside, for example `2026.6`; empty when it has no such name. */
  readonly label: string;
  readonly services: readonly ServiceId[];
  readonly owner: PersonId | null;
  readonly pace: Pace;
  /** When it is to be carried out. */
  readonly beginsAt: Instant | null;
  readonly endsAt: Instant | null;
  /** How long it is watched afterwards. */
  readonly hypercareHours: number;
  /** When the way back was last rehearsed. */
  readonly rollbackTestedAt: Instant | null;
}

/** What is released together; a package is made of units. */
export interface ReleaseUnit {
  readonly id: string;
  readonly kind: 'unit' | 'package';
  readonly name: string;
  readonly version: string;
  /** Units that a package is made of. */
  readonly parts: readonly string[];
}

/** That an incident touched what was released while it was watched. */
export interface Alarm {
  readonly incident: RecordId;
  readonly items: readonly string[];
  readonly at: Instant;
}

export interface Release extends ReleaseFields {
  readonly id: RecordId;
  readonly number: string | null;
  /** Number of its events. */
  readonly version: number;
  readonly state: ReleaseState;
  readonly madeBy: PersonId;
  readonly madeAt: Instant;
  readonly updatedAt: Instant;
  /** Changes that it carries, in the order in which they came. */
  readonly members: readonly RecordId[];
  readonly units: readonly ReleaseUnit[];
  readonly phases: readonly Phase[];
  readonly steps: readonly Step[];
  readonly rollCall: RollCall | null;
  readonly deployingAt: Instant | null;
  readonly hypercareAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly alarms: readonly Alarm[];
}

/** Nothing of it changes any more. */
export function isOverRelease({ state }: Pick<Release, 'state'>): boolean {
  return state === 'completed' || state === 'cancelled';
}
