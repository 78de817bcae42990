/** Journeys through the product. Each starts its own server by a fixture, so there is none here. */
import { fileURLToPath } from 'node:url';
import { browserLaunchOptions } from '@muster/tooling/browser';
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: fileURLToPath(import.meta.resolve('@muster/tooling/bundles')),
  fullyParallel: true,
  // a journey waits at times, for a server or for a page: three keep two processors busy
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 300_000,
  // generous: a machine that builds and tests at once is slow, and a journey waits only as long as it must
  expect: { timeout: 60_000 },
  reporter: [['line']],
  use: {
    // tracing takes a seventh of the time of all journeys: `pnpm test:e2e` does, for whoever looks for a fault
    trace: 'off',
    screenshot: 'only-on-failure',
    // keeping all files of the client is half of a first visit; journeys that start without a network allow it
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    launchOptions: browserLaunchOptions(),
  },
});
