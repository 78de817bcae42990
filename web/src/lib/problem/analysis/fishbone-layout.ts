/** Where the bones of an Ishikawa diagram stand: from left to right in pairs above and below the spine. */
import { BONES } from '@muster/documents/problem';
import type { Bone, Branch } from '@muster/documents/problem';

export const WIDTH = 960;
const BONE_WIDTH = 270;
const LINE = 20;
const HEAD_ROOM = 30;

export interface DrawnWords {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface DrawnBone {
  readonly bone: Bone;
  readonly isAbove: boolean;
  /** From its name to the spine. */
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly words: readonly DrawnWords[];
}

export interface DrawnFishbone {
  readonly height: number;
  /** Of the spine. */
  readonly y: number;
  readonly bones: readonly DrawnBone[];
}

const MOST_CHARACTERS = 30;

/** Thoughts that hang on others stand under them, moved in. */
export function linesOf(branches: readonly Branch[], depth = 0): readonly (DrawnWords & { depth: number })[] {
  return branches.flatMap(({ id, text, branches: under }) => [
    { id, text, x: 0, y: 0, depth },
    ...linesOf(under, depth + 1),
  ]);
}

export function drawFishbone(trees: readonly Branch[]): DrawnFishbone {
  const byBone = Map.groupBy(trees, ({ bone }) => bone ?? 'process');
  const lines = BONES.map((bone) => linesOf(byBone.get(bone) ?? []));
  const rowHeight = (isAbove: boolean): number =>
    HEAD_ROOM +
    LINE * Math.max(3, ...lines.filter((_, at) => (at % 2 === 0) === isAbove).map((each) => each.length));
  const [above, below] = [rowHeight(true), rowHeight(false)];
  const y = above + 10;
  const bones = BONES.map((bone, at): DrawnBone => {
    const isAbove = at % 2 === 0;
    const x = 20 + Math.floor(at / 2) * BONE_WIDTH;
    const from = { x, y: isAbove ? 20 : y + below - 4 };
    return {
      bone,
      isAbove,
      from,
      to: { x: x + BONE_WIDTH - 60, y },
      words: (lines[at] ?? []).map(({ id, text, depth }, line) => {
        const down = isAbove ? HEAD_ROOM + 10 + line * LINE : y + 24 + line * LINE;
        const share = (down - from.y) / (y - from.y);
        const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
        return { id, text: short, x: x + 14 + share * (BONE_WIDTH - 60) + depth * 14, y: down };
      }),
    };
  });
  return { height: y + below + 20, y, bones };
}
