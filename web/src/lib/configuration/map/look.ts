/** What becomes of each item when something is down, or would become when the centre were. */
import { dependenciesOf, impactOf } from '@muster/domain/configuration';
import type { DependencyMap, Impact, ImpactOverride, Weakened } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';

/** Red: it falls. Blue: the centre hangs on it. Purple: both. */
export type MapTone = 'impact' | 'dependency' | 'both' | 'none';

export interface Look {
  readonly tone: MapTone;
  /** It is what is down, or marked as down. */
  readonly marked: boolean;
  /** It lost something redundant and stands. */
  readonly weakened: readonly Weakened[];
  /** It would fall, had nobody said that it does not. */
  readonly held: boolean;
  readonly override: ImpactOverride | null;
}

export interface LookQuestion {
  readonly centre: ItemId | null;
  /** What is marked as down; what would fall with the centre is shown while nothing is. */
  readonly down: ReadonlySet<ItemId>;
  readonly overrides: ReadonlyMap<ItemId, ImpactOverride>;
}

export interface Looks {
  readonly impact: Impact;
  of(id: ItemId): Look;
}

const STANDS: readonly Weakened[] = [];

export function looksOf(map: DependencyMap, { centre, down, overrides }: LookQuestion): Looks {
  const marked = new Set([...down].map((id) => map.stayingOf(id)));
  const isAsked = down.size > 0 || overrides.size > 0;
  const first = isAsked ? [...down] : centre === null ? [] : [centre];
  const impact = impactOf(map, { down: first, overrides });
  const carriers = centre === null ? new Map<ItemId, unknown>() : dependenciesOf(map, centre);
  return {
    impact,
    of(id) {
      // the centre is not red for being looked at
      const falls = impact.down.has(id) && (isAsked || id !== centre);
      const carries = carriers.has(id);
      return {
        tone: falls ? (carries ? 'both' : 'impact') : carries ? 'dependency' : 'none',
        marked: marked.has(id),
        weakened: impact.weakened.get(id) ?? STANDS,
        held: impact.held.has(id),
        override: overrides.get(id) ?? null,
      };
    },
  };
}

/** Tells looks apart where alike items are folded: what is weakened is not hidden among what stands. */
export function lookKey({ tone, marked, weakened, held, override }: Look): string {
  return [tone, marked, weakened.length > 0, held, override].join(' ');
}
