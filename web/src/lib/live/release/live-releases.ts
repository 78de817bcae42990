import type { ReleaseRow as StoredRow } from '@muster/documents/release';
import type { Release, ReleaseAct, ReleaseEvent, ReleaseFacts, Step } from '@muster/domain/release';
import type { Actor, RecordId } from '@muster/domain/shared';
import type { LiveJournal } from '../change/live-changes.ts';
import type { SentCommand } from '../sent-command.ts';

/** A release as lists show it. */
export interface ReleaseRow extends StoredRow {
  /** What it is called until it has a number; stays valid. */
  readonly token: string;
  /** Own acts that the server has not answered. */
  readonly pending: number;
}

/** All releases in short, and each whole for whoever opens it; also without a network. */
export interface LiveReleases {
  readonly actor: Actor;
  /** Whether there is something true to show. */
  readonly loaded: boolean;
  /** In no order. Subscribes to all of them. */
  readonly all: readonly ReleaseRow[];
  /** Subscribes to this one only. */
  get(id: RecordId): ReleaseRow | undefined;
  /** By number, by token, or by the digits of a number. */
  find(reference: string): RecordId | undefined;
  newId(): RecordId;
  /** The version without own acts that wait. */
  basisOf(id: RecordId): number;
  /**
   * Decides by the server's own rules, where the release is held; a refusal is answered at once and nothing is sent.
   * `basis` is the version that the author saw; the present one if left out.
   */
  run(id: RecordId, act: ReleaseAct, basis?: number): SentCommand;
  /** The release whole, held until it is closed. The same for all who have it open. */
  open(id: RecordId): LiveRelease;
  openJournal(id: RecordId): LiveJournal<ReleaseEvent>;
}

export interface LiveRelease {
  readonly id: RecordId;
  readonly loaded: boolean;
  /** Subscribes to all of it. Steps that did not change stay the same objects. */
  readonly release: Release | undefined;
  /** In the order of the checklist. Subscribes to which there are. */
  readonly stepIds: readonly string[];
  /** Subscribes to this one only. */
  step(id: string): Step | undefined;
  /** Whether an own act on this step waits for the server. Subscribes to this step only. */
  isStepPending(id: string): boolean;
  /** What gates, readiness and the roll call look at: its member changes as they stand here. Subscribes to them. */
  facts(): ReleaseFacts;
  /** Own acts that the server has not answered. Subscribes. */
  readonly pending: number;
  close(): void;
}
