/**
 * Which file a module goes to when it is part of the start. Left to itself the bundler makes a file for each set of
 * pages that share a module: 141 for the first page, each compressed for itself, which cost a tenth of all bytes.
 */
import type { Plugin } from 'vite';

interface Graph {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

/** In the order in which they are fetched; what several of them need belongs to the first, which is there by then. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  start: ['/runtime/client/client-entry.js', '/client-optimized/app.js', '/src/routes/+layout.svelte'],
  'signed-in': ['/src/lib/entry/SignedIn.svelte'],
  queue: ['/src/routes/(ticket)/+layout.svelte', '/src/routes/(ticket)/queue/+page.svelte'],
};

/** Those that the framework looks up by their own files. */
const ENTRIES = ['/runtime/client/entry.js', ...Object.values(STEPS).flat()];

/**
 * What the page says of itself, its build among it, is put in before the rest of the start is run, which reads that at
 * once: in a file of its own, with what fetches the rest.
 */
export const TOLD = /\/runtime\/client\/payload\.js$|vite\/preload-helper\.js$/;

/** The plugin that gets to know all modules, and the name of the file for each of those that the start pulls in. */
export function startChunks() {
  let placed: ReadonlyMap<string, string> = new Map();
  const plugin: Plugin = {
    name: 'muster:start-chunks',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    buildEnd(error) {
      if (error === undefined) placed = placeModules([...this.getModuleIds()], this);
    },
  };
  return { plugin, nameOf: (id: string): string | null => placed.get(id) ?? null };
}

function placeModules(ids: readonly string[], graph: Graph): ReadonlyMap<string, string> {
  const placed = new Map<string, string>();
  for (const [name, roots] of Object.entries(STEPS)) {
    const open = ids.filter((id) => endsWithAny(id, roots));
    if (open.length < roots.length) throw new Error(`"${name}" lacks one of ${roots.join(', ')}`);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (placed.has(id)) continue;
      placed.set(id, name);
      open.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
    }
  }
  for (const id of ids) if (endsWithAny(id, ENTRIES)) placed.delete(id);
  return placed;
}

const endsWithAny = (id: string, ends: readonly string[]) => ends.some((end) => id.endsWith(end));
