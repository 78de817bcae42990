/** Making sure that there is a browser to test with, or saying plainly why there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../browser.ts';
import { root } from '../bootstrap/paths.mjs';

export type BrowserAnswer = { readonly found: true } | { readonly found: false; readonly reason: string };

/**
 * Finds a Chromium or installs one: Debian's own where this process may install packages, Playwright's
 * download elsewhere. What it finds is named in CHROMIUM_PATH for everything that runs after it.
 */
export function ensureBrowser(): BrowserAnswer {
  if (findBrowser()) return useBrowser();
  if (mayInstallPackages()) {
    console.log('No browser found: installing the Debian package chromium …');
    runApt('update');
    if (runApt('install', '-y', '--no-install-recommends', 'chromium') && findBrowser()) return useBrowser();
  }
  console.log("No browser found: trying Playwright's own download …");
  const playwright = join(root, 'test', 'node_modules', '.bin', 'playwright');
  if (spawnSync(playwright, ['install', 'chromium'], { stdio: 'inherit' }).status === 0)
    return { found: true };
  return {
    found: false,
    reason: 'no Chromium here and none could be installed; install one or name it in CHROMIUM_PATH',
  };
}

function useBrowser(): BrowserAnswer {
  const path = findBrowser();
  if (path) process.env['CHROMIUM_PATH'] = path;
  return { found: true };
}

function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function runApt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
