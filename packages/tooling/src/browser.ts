/** Finding a Chromium for component tests and journeys. */
import { existsSync } from 'node:fs';

/** Where systems put their own browser, best first. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Quiet and self-contained: no sandbox (tests may run as root), no calls home. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of this machine's Chromium: `CHROMIUM_PATH` if set, else the first usual place, else nothing. */
export function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  return USUAL_PLACES.find((place) => existsSync(place));
}

/** How Playwright launches the browser; without a system browser it takes its own download. */
export function browserLaunchOptions() {
  const executablePath = findBrowser();
  return { args: browserArguments, ...(executablePath ? { executablePath } : {}) };
}
