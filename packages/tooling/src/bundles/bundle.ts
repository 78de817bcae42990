/**
 * What tests start over and over, each bundled into one file: the server's threads, and the server of a journey. A
 * process or thread loads hundreds of modules otherwise, which takes one to three seconds of a processor each time.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../bootstrap/paths.mjs';

const STORE_THREADS = ['writer', 'reader', 'keeper', 'replayer', 'analyst', 'planner'] as const;

const ENTRIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(STORE_THREADS.map((name) => [name, `server/src/store/sqlite/${name}.ts`])),
  'pack-worker': 'server/src/sync/pack-worker.ts',
  serve: 'test/support/serve.ts',
};

/** What is not bundled: native code, and what tests arm beforehand in the thread itself. */
const LEFT = ['better-sqlite3', '@node-rs/argon2', '@muster/sync/failpoint'];

export interface Bundles {
  /** Beside the server's packages, where what is left is found. */
  readonly folder: string;
  remove(): void;
}

export async function bundle(): Promise<Bundles> {
  const parent = join(root, 'server', 'build');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bundles-'));
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
        input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(root, file)])),
        external: LEFT,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
