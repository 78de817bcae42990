/** How large the web build may be: a promise for the first load; in all, what it was when last looked at, and 3 %. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const WEB = join(import.meta.dirname, '../../web');
const BUILD = join(WEB, 'build');
const NODES = join(WEB, '.svelte-kit/generated/build/client-optimized/nodes');

/** What the page of the queue is made of; everything else is fetched when it is asked for. */
const QUEUE = [
  'src/routes/+layout.svelte',
  'src/routes/(ticket)/+layout.svelte',
  'src/routes/(ticket)/queue/+page.svelte',
  'src/lib/entry/SignedIn.svelte',
];

const asSent = { brotli: false, gzip: false };

export default [
  {
    name: 'scripts for the first load of the queue, gzip',
    path: firstLoad(QUEUE).map((file) => join(BUILD, `${file}.gz`)),
    limit: '250 kB',
    ...asSent,
  },
  {
    name: 'all scripts of the web client, brotli',
    path: join(BUILD, '_app/immutable/**/*.js.br'),
    limit: '1090 kB',
    ...asSent,
  },
  {
    name: 'all of the web client, brotli',
    path: join(BUILD, '_app/immutable/**/*.br'),
    limit: '1150 kB',
    ...asSent,
  },
];

/**
 * The scripts that these sources and the start of the client pull in, without what they import later.
 * @param {readonly string[]} sources
 */
function firstLoad(sources) {
  const manifest = JSON.parse(
    readFileSync(join(WEB, '.svelte-kit/output/client/.vite/manifest.json'), 'utf8'),
  );
  const keys = Object.keys(manifest);
  const starts = keys.filter((key) => /\/(entry|payload|app)\.js$/.test(key) && manifest[key].isEntry);
  const files = new Set();
  /** @param {string} key */
  const take = (key) => {
    const { file, imports = [] } = manifest[key];
    if (files.has(file)) return;
    files.add(file);
    imports.forEach(take);
  };
  [...starts, ...sources.map((source) => (source in manifest ? source : nodeOf(source)))].forEach(take);
  return [...files];
}

/**
 * SvelteKit makes an entry of its own for each page and layout.
 * @param {string} source
 */
function nodeOf(source) {
  const node = readdirSync(NODES).find((name) =>
    readFileSync(join(NODES, name), 'utf8').includes(`/${source}"`),
  );
  return `.svelte-kit/generated/build/client-optimized/nodes/${node}`;
}
