/** Walking the graph by keys: along relations the way that the layout runs, and across it among those side by side. */
import type { MapLayout, PlacedNode } from './layout.ts';

type Step = 'ahead' | 'back' | 'after' | 'before';

const STEPS: Readonly<Record<string, Step>> = {
  ArrowRight: 'ahead',
  ArrowLeft: 'back',
  ArrowDown: 'after',
  ArrowUp: 'before',
};
const STEPS_DOWN: typeof STEPS = {
  ArrowDown: 'ahead',
  ArrowUp: 'back',
  ArrowRight: 'after',
  ArrowLeft: 'before',
};

/** The node that a key leads to from another; null where it leads nowhere. */
export function neighbourOf({ kind, nodes, edges }: MapLayout, from: string, key: string): string | null {
  const at = nodes.get(from);
  const step = (kind === 'down' ? STEPS_DOWN : STEPS)[key];
  if (at === undefined || step === undefined) return null;
  const along = ({ x, y }: PlacedNode): number => (kind === 'down' ? y : x);
  const across = ({ x, y }: PlacedNode): number => (kind === 'down' ? x : y);
  const distance = (to: PlacedNode): number =>
    Math.abs(across(to) - across(at)) + Math.abs(along(to) - along(at)) / 2;
  const isThere = (to: PlacedNode): boolean => {
    if (step === 'ahead') return along(to) > along(at);
    if (step === 'back') return along(to) < along(at);
    return along(to) === along(at) && (step === 'after' ? across(to) > across(at) : across(to) < across(at));
  };
  const ends = edges.flatMap(({ edge }) =>
    edge.from === from ? [edge.to] : edge.to === from ? [edge.from] : [],
  );
  const isAlong = step === 'ahead' || step === 'back';
  const among = isAlong ? ends.flatMap((end) => nodes.get(end) ?? []) : [...nodes.values()];
  const [first] = among.filter(isThere).toSorted((a, b) => distance(a) - distance(b));
  return first?.shown.key ?? null;
}
