import { tick } from 'svelte';

/** Puts the keys on a node of the map, in the graph or in the list, once it is drawn. */
export async function focusNode(key: string): Promise<void> {
  await tick();
  const node = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(key)}"]`);
  // the graph is moved by itself, never scrolled
  node?.focus({ preventScroll: node.closest('.svelte-flow') !== null });
}
