import type { ItemDifference, RelationDifference } from '@muster/domain/configuration';
import type { ItemId, PersonId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

/** A moment of the configuration by a name. */
export interface Baseline {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  /** Epoch ms. */
  readonly at: number;
  /** An item that it is about, with its neighbours; null for all. */
  readonly scope: ItemId | null;
  readonly by: PersonId;
}

export interface Differences {
  readonly item: ItemId | null;
  readonly counts: Readonly<Record<'added' | 'gone' | 'changed' | 'related' | 'unrelated', number>>;
  readonly items: readonly ItemDifference[];
  readonly relations: readonly (RelationDifference & {
    readonly fromName: string;
    readonly toName: string;
  })[];
  readonly more: boolean;
}

/** Ids of baselines; `now` for how it stands. */
export interface Compared {
  readonly from: string;
  readonly to: string;
}

const PATH = '/api/configuration/baselines';
const DIFFERENCES = '/api/configuration/differences';

const queryOf = ({ from, to }: Compared) => new URLSearchParams({ from, to }).toString();

/** The routes of the page. Each throws `BoundaryError`. */
export function baselinesApi({ request }: Pick<Api, 'request'>) {
  return {
    all: async () => (await request(PATH)) as readonly Baseline[],
    make: async (name: string, note: string) =>
      (await request(PATH, { method: 'POST', body: { name, note } })) as Baseline,
    remove: async (id: string) => {
      await request(`${PATH}/${id}`, { method: 'DELETE' });
    },
    differences: async (asked: Compared, signal: AbortSignal) =>
      (await request(`${DIFFERENCES}?${queryOf(asked)}`, { signal })) as Differences,
    table: async (asked: Compared) =>
      new TextDecoder().decode(
        (await request(`${DIFFERENCES}.csv?${queryOf(asked)}`, { as: 'bytes' })) as Uint8Array,
      ),
  };
}

export type BaselinesApi = ReturnType<typeof baselinesApi>;
