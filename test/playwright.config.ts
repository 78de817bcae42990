/** Journeys through the product. Each starts its own server by a fixture, so there is none here. */
import { browserLaunchOptions } from '@muster/tooling/browser';
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  // generous: a machine that builds and tests at once is slow, and a journey waits only as long as it must
  expect: { timeout: 15_000 },
  reporter: [['line']],
  use: {
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: browserLaunchOptions(),
  },
});
