import type { Runbook } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

/** The routes that write runbooks; reading them is the directory's. Each throws `BoundaryError`. */
export function runbookApi({ request }: Pick<Api, 'request'>) {
  return {
    /** Keeps it in place of the version that its author saw. */
    write: ({ id, version, ...content }: Runbook) =>
      request(`/api/runbooks/${id}`, { method: 'PUT', body: { ...content, basis: version } }),
    remove: ({ id, version }: Runbook) =>
      request(`/api/runbooks/${id}`, { method: 'DELETE', body: { basis: version } }),
  };
}

export type RunbookApi = ReturnType<typeof runbookApi>;
