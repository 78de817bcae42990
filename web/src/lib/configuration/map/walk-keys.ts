/** Walking the graph by keys: along relations to the left and right, and up and down in a column. */
import type { MapLayout, PlacedNode } from './layout.ts';

/** The node that a key leads to from another; null where it leads nowhere. */
export function neighbourOf({ nodes, edges }: MapLayout, from: string, key: string): string | null {
  const at = nodes.get(from);
  if (at === undefined) return null;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowLeft': {
      const right = key === 'ArrowRight';
      const ends = edges.flatMap(({ edge }) =>
        edge.from === from ? [edge.to] : edge.to === from ? [edge.from] : [],
      );
      const beyond = ends
        .flatMap((end) => nodes.get(end) ?? [])
        .filter(({ x }) => (right ? x > at.x : x < at.x));
      return nearest(at, beyond);
    }
    case 'ArrowUp':
    case 'ArrowDown': {
      const down = key === 'ArrowDown';
      const column = [...nodes.values()].filter(({ x, y }) => x === at.x && (down ? y > at.y : y < at.y));
      return nearest(at, column);
    }
    default:
      return null;
  }
}

function nearest(at: PlacedNode, among: readonly PlacedNode[]): string | null {
  const distance = ({ x, y }: PlacedNode): number => Math.abs(y - at.y) + Math.abs(x - at.x) / 2;
  const [first] = among.toSorted((a, b) => distance(a) - distance(b));
  return first?.shown.key ?? null;
}
