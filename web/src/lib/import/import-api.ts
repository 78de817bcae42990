import type { HoldReason } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

export interface ImportProgress {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly dryRun: boolean;
  /** Records; made, updated, unchanged and setAside add up to it. */
  readonly read: number;
  readonly made: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly setAside: number;
  readonly rows: number;
  readonly rowsSetAside: number;
  readonly problems: readonly ImportProblem[];
  readonly error: string | null;
}

export interface ImportProblem {
  readonly line: number;
  readonly record: string | null;
  readonly reason: string;
}

export const IMPORT_STATES = ['new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export interface ImportMapping {
  readonly states: Readonly<
    Record<string, { readonly state: ImportState; readonly holdReason: HoldReason | null }>
  >;
  /** Group of the source to the name of a team of ours. */
  readonly groups: Readonly<Record<string, string>>;
  /** IANA zone in which the file's times are written. */
  readonly zone: string;
}

/** The routes of the import page. Each throws `BoundaryError`. */
export function importApi({ request }: Pick<Api, 'request'>) {
  const mappingPath = '/api/imports/mapping/servicenow';
  return {
    mapping: async () => (await request(mappingPath)) as ImportMapping,
    keepMapping: async (mapping: ImportMapping) =>
      (await request(mappingPath, { method: 'PUT', body: mapping })) as ImportMapping,
    start: async (file: Blob, dryRun: boolean) =>
      (await request(`/api/imports/servicenow?dryRun=${dryRun}`, { method: 'POST', file })) as {
        readonly id: string;
      },
    progress: async (id: string) => (await request(`/api/imports/${id}`)) as ImportProgress,
    cancel: async (id: string) => {
      await request(`/api/imports/${id}`, { method: 'DELETE' });
    },
  };
}

export type ImportApi = ReturnType<typeof importApi>;
