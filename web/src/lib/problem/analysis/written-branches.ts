import type { Branch } from '@muster/documents/problem';

/** Lines that stay where they are though they say nothing. */
export type Held = Pick<ReadonlyMap<string, unknown>, 'has'>;

/**
 * Trees without the lines that say nothing and that nothing hangs on. They stay in the document: somebody may be
 * writing in one elsewhere, or have written in it without a network, and then it is shown again.
 */
export function writtenBranches(
  trees: readonly Branch[],
  held: Held = new Map<string, unknown>(),
): readonly Branch[] {
  return trees.flatMap((tree) => {
    const branches = writtenBranches(tree.branches, held);
    const isShown = branches.length > 0 || held.has(tree.id) || tree.text.trim() !== '';
    return isShown ? [{ ...tree, branches }] : [];
  });
}

export function findBranch(trees: readonly Branch[], id: string): Branch | undefined {
  for (const tree of trees) {
    const found = tree.id === id ? tree : findBranch(tree.branches, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
