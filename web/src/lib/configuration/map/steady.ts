/**
 * Keeps what was drawn where it was, as far as what is new leaves room: a column is laid out so that its entries move
 * as little as possible, in all, from where they want to be, in their order and without touching.
 */

export interface Entry {
  readonly key: string;
  readonly height: number;
  /** Where its middle wants to be. */
  readonly wanted: number;
  /** How much it is left where it wants to be, against others. */
  readonly weight: number;
}

interface Block {
  entries: { readonly key: string; readonly offset: number }[];
  /** Sum of where its entries want its beginning to be, by their weight, and of the weights. */
  sum: number;
  weight: number;
  height: number;
}

/** The middles of a column's entries, by key. Entries keep the order in which they are given. */
export function placed(entries: readonly Entry[], gap: number): ReadonlyMap<string, number> {
  const blocks: Block[] = [];
  for (const { key, height, wanted, weight } of entries) {
    let block: Block = {
      ...{ entries: [{ key, offset: height / 2 }], height },
      ...{ sum: weight * (wanted - height / 2), weight },
    };
    // those that would overlap stand together, where they are nearest to what all of them want
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (beginOf(above) + above.height + gap <= beginOf(block)) break;
      blocks.pop();
      block = joined(above, block, gap);
    }
    blocks.push(block);
  }
  const middles = new Map<string, number>();
  for (const block of blocks)
    for (const { key, offset } of block.entries) middles.set(key, beginOf(block) + offset);
  return middles;
}

function beginOf({ sum, weight }: Block): number {
  return sum / weight;
}

function joined(above: Block, below: Block, gap: number): Block {
  const shift = above.height + gap;
  return {
    entries: [...above.entries, ...below.entries.map(({ key, offset }) => ({ key, offset: offset + shift }))],
    sum: above.sum + below.sum - below.weight * shift,
    weight: above.weight + below.weight,
    height: shift + below.height,
  };
}
