import type { MatrixCell, ReleaseState } from '@muster/domain/release';
import type { RecordId } from '@muster/domain/shared';

/** Where which version stands or stood, as the server tells it. */
export interface ToldMatrix {
  readonly environments: readonly string[];
  readonly rows: readonly ToldRow[];
}

export interface ToldRow {
  /** Null for what was deployed outside any release. */
  readonly release: {
    readonly id: RecordId;
    readonly number: string | null;
    readonly title: string;
    readonly label: string;
    readonly state: ReleaseState;
  } | null;
  /** By environment. */
  readonly cells: Readonly<Record<string, readonly MatrixCell[]>>;
}
