/** All tests that vitest runs, as four projects: `pure`, `node`, `web-node` and `browser`. */
import { playwright } from '@vitest/browser-playwright';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { compiled } from './src/bootstrap/paths.mjs';
import { browserLaunchOptions } from './src/browser.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const web = fileURLToPath(new URL('../../web/', import.meta.url));
const inBrowser = '**/*.svelte.test.ts';
/** Functions alone, without state, clock or files: their test files may share a process. */
const pure = 'packages/{domain,documents}/src/**/*.test.ts';
/** Half of the time of these tests is waiting, for a server to start or to die: two at once also on two processors. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  root,
  test: {
    // what is waited for comes, late on a machine that does other things; what does not come is a failure at any time
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    passWithNoTests: true,
    projects: [
      {
        root,
        extends: true,
        test: {
          name: 'pure',
          environment: 'node',
          maxWorkers,
          // most of their time was loading the same modules again for each file
          isolate: false,
          testTimeout: 120_000,
          include: [pure],
        },
      },
      {
        root,
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          maxWorkers,
          // what a test starts it stops: files share a process, or half of the time is loading the server anew
          isolate: false,
          // whole servers start inside these tests, on machines that do other things meanwhile
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // a store opens in nearly each of these tests, and its threads load their code anew
          globalSetup: [join(root, 'packages/tooling/src/bundles/setup.config.ts')],
          env: { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compiled },
          include: [
            'packages/*/src/**/*.test.ts',
            'server/src/**/*.test.ts',
            'test/{bench,sync,flows,support}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', inBrowser, pure],
        },
      },
      {
        root: web,
        extends: true,
        test: {
          name: 'web-node',
          environment: 'node',
          maxWorkers,
          // what a test puts in place of something global it takes away again: files share a process
          isolate: false,
          testTimeout: 120_000,
          include: ['src/**/*.test.ts'],
          exclude: ['**/node_modules/**', inBrowser],
        },
      },
      {
        root: web,
        // the client's own configuration: components may import $app modules
        extends: join(web, 'vite.config.ts'),
        // every component is looked through beforehand: a library found late reloads the page under the tests
        optimizeDeps: { entries: ['src/**/*.svelte', 'src/lib/**/*.ts'] },
        test: {
          name: 'browser',
          testTimeout: 120_000,
          expect: { requireAssertions: true, poll: { timeout: 30_000 } },
          include: ['src/**/*.svelte.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: browserLaunchOptions(), actionTimeout: 30_000 }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
