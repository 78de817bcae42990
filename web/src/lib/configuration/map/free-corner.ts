/** Where the small map may stand; the lower left is that of the keys to zoom. */
const CORNERS = ['bottom-right', 'top-right', 'top-left'] as const;
export type Corner = (typeof CORNERS)[number];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The corner of the frame in which a small box lies over the fewest nodes; what is told first where it is all one. */
export function freeCorner(
  nodes: readonly Box[],
  frame: { readonly width: number; readonly height: number },
  small: { readonly width: number; readonly height: number },
): Corner {
  const covered = CORNERS.map((corner) => {
    const left = corner.endsWith('right') ? frame.width - small.width : 0;
    const top = corner.startsWith('bottom') ? frame.height - small.height : 0;
    return nodes.filter((node) => overlap({ left, top, ...small }, node)).length;
  });
  return CORNERS[covered.indexOf(Math.min(...covered))] ?? 'bottom-right';
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}
