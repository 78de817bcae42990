/** Making sure that there is a browser to test with, or saying plainly why there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../browser.ts';
import { root } from '../bootstrap/paths.mjs';

export type BrowserAnswer = { readonly found: true } | { readonly found: false; readonly reason: string };

/** What the search asks of the machine; a test puts another in its place. */
export interface Machine {
  findBrowser(): string | undefined;
  mayInstallPackages(): boolean;
  installPackage(): void;
  download(): boolean;
}

/**
 * Finds a Chromium or installs one: Debian's own where this process may install packages, Playwright's
 * download elsewhere. A path that it finds is named in CHROMIUM_PATH for everything that runs after it.
 */
export function ensureBrowser(machine: Machine = thisMachine): BrowserAnswer {
  if (!machine.findBrowser() && machine.mayInstallPackages()) {
    console.log('No browser found: installing the Debian package chromium …');
    machine.installPackage();
  }
  const path = machine.findBrowser();
  if (path) {
    process.env['CHROMIUM_PATH'] = path;
    return { found: true };
  }
  console.log("No browser found: trying Playwright's own download …");
  if (machine.download()) return { found: true };
  return {
    found: false,
    reason: 'no Chromium here and none could be installed; install one or name it in CHROMIUM_PATH',
  };
}

const thisMachine: Machine = {
  findBrowser,
  mayInstallPackages: () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
  installPackage() {
    if (runApt('update')) runApt('install', '--yes', 'chromium');
  },
  download() {
    const playwright = join(root, 'test', 'node_modules', '.bin', 'playwright');
    return spawnSync(playwright, ['install', 'chromium'], { stdio: 'inherit' }).status === 0;
  },
};

function runApt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
