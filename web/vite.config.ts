import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { TOLD, startChunks } from './start-chunks.ts';

/** Where `pnpm dev` runs the server that the development pages talk to. */
const serverPort = process.env['PORT'] ?? '4400';

const isOurs = (filename: string) => !filename.split(/[/\\]/).includes('node_modules');

const { plugin: startChunksPlugin, nameOf } = startChunks();

export default defineConfig({
  plugins: [
    sveltekit({
      compilerOptions: { runes: ({ filename }) => (isOurs(filename) ? true : undefined) },
      adapter: adapter({ fallback: 'index.html', precompress: true }),
    }),
    startChunksPlugin,
  ],
  // below these, light-dark() would be rewritten to follow the system's theme alone and not the chosen one
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: 'told', test: TOLD, priority: 1 },
                { debugName: 'start', name: nameOf },
              ],
            },
          },
        },
      },
    },
  },
  // two copies of yjs would refuse each other's documents
  resolve: { dedupe: ['yjs', 'lib0', 'y-protocols'] },
  server: {
    proxy: {
      '/sync': { target: `ws://127.0.0.1:${serverPort}`, ws: true },
      '/api': `http://127.0.0.1:${serverPort}`,
    },
  },
});
