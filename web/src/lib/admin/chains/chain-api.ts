import type { Chain } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

/** The routes that write call chains; reading them is the directory's. Each throws `BoundaryError`. */
export function chainApi({ request }: Pick<Api, 'request'>) {
  return {
    /** Keeps it in place of the version that its author saw. */
    write: ({ id, version, ...content }: Chain) =>
      request(`/api/chains/${id}`, { method: 'PUT', body: { ...content, basis: version } }),
    remove: ({ id, version }: Chain) =>
      request(`/api/chains/${id}`, { method: 'DELETE', body: { basis: version } }),
  };
}

export type ChainApi = ReturnType<typeof chainApi>;
