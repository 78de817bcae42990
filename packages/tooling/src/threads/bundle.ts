/**
 * The code of the store's threads, each bundled into one file. A thread that starts loads hundreds of modules, which
 * takes a second of a processor, and the tests open a store a thousand times.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../bootstrap/paths.mjs';

const THREADS = ['writer', 'reader', 'keeper', 'replayer', 'analyst', 'planner'] as const;

/** What is not bundled: native code, and what tests arm beforehand in the thread itself. */
const LEFT = ['better-sqlite3', '@node-rs/argon2', '@muster/sync/failpoint'];

export interface BundledThreads {
  /** For `MUSTER_THREADS`: beside the server's packages, where what is left is found. */
  readonly folder: string;
  remove(): void;
}

export async function bundleThreads(): Promise<BundledThreads> {
  const parent = join(root, 'server', 'build');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'threads-'));
  const entries = THREADS.map((name) => [name, join(root, 'server', 'src', 'store', 'sqlite', `${name}.ts`)]);
  await build({
    root: join(root, 'server'),
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: LEFT },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(entries) as Record<string, string>,
        external: LEFT,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
