import type { ImportReport } from '@muster/domain/configuration';
import type { PersonId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

export const SOURCES = ['csv', 'netbox', 'compose', 'backstage'] as const;
export type Source = (typeof SOURCES)[number];

/** Where an import stands; interrupted once the server, which was started anew meanwhile, knows it no more. */
export interface ImportJob {
  readonly id: string;
  readonly by: PersonId;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly dryRun: boolean;
  readonly format: Source;
  readonly name: string;
  readonly state:
    'reading' | 'applying' | 'done' | 'cancelled' | 'failed' | 'refused' | 'too-large' | 'interrupted';
  /** Items and relations that were worked off, of `of`. */
  readonly done: number;
  readonly of: number;
  readonly error: string | null;
  readonly hasReport: boolean;
}

/** What is brought in and how it is to be read. */
export interface ImportAsked {
  readonly file: Blob;
  readonly format: Source;
  /** What it is called from import to import; empty where the format says so itself. */
  readonly name: string;
  /** For a table. */
  readonly mapping: object | null;
  readonly dryRun: boolean;
}

const PATH = '/api/configuration/imports';

/** The routes of the page. Each throws `BoundaryError`. */
export function importApi({ request }: Pick<Api, 'request'>) {
  return {
    begin: async ({ file, format, name, mapping, dryRun }: ImportAsked) => {
      const query = new URLSearchParams({ format, dryRun: String(dryRun) });
      if (name !== '') query.set('name', name);
      if (mapping !== null) query.set('mapping', JSON.stringify(mapping));
      return (await request(`${PATH}?${query.toString()}`, { method: 'POST', file })) as {
        readonly id: string;
      };
    },
    all: async () => (await request(PATH)) as readonly ImportJob[],
    job: async (id: string) => (await request(`${PATH}/${id}`)) as ImportJob,
    report: async (id: string) => (await request(`${PATH}/${id}/report`)) as ImportReport,
    cancel: async (id: string) => {
      await request(`${PATH}/${id}`, { method: 'DELETE' });
    },
  };
}

export type ImportApi = ReturnType<typeof importApi>;
