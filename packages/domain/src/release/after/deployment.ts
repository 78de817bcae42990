import type { Instant, RecordId, ServiceId } from '../../shared/index.ts';

/** What a pipeline reports of a deployment: the last that is known of it. */
export interface DeploymentFact {
  readonly id: string;
  readonly service: ServiceId;
  readonly environment: string;
  readonly version: string;
  readonly release: RecordId | null;
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'rolled_back';
  /** When it began. */
  readonly at: Instant;
  readonly finishedAt: Instant | null;
  /** When the oldest work that it brings was committed; null when nobody said. */
  readonly committedAt: Instant | null;
}

/** An outage that a deployment is held to have caused. */
export interface CausedIncident {
  readonly deployment: string;
  readonly openedAt: Instant;
  readonly restoredAt: Instant | null;
}
