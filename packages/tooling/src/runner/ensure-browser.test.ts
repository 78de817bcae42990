import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureBrowser, type Machine } from './ensure-browser.ts';

/** A machine without a browser, on which nothing can be installed unless told. */
function bareMachine(changes: Partial<Machine> = {}): Machine {
  return {
    findBrowser: () => undefined,
    mayInstallPackages: () => false,
    installPackage: () => undefined,
    download: () => false,
    ...changes,
  };
}

describe('ensureBrowser', () => {
  beforeEach(() => {
    vi.stubEnv('CHROMIUM_PATH', undefined);
    vi.spyOn(console, 'log').mockReturnValue(undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test('a browser that is there is named for what runs next', () => {
    expect(ensureBrowser(bareMachine({ findBrowser: () => '/opt/chromium' }))).toEqual({ found: true });
    expect(process.env['CHROMIUM_PATH']).toBe('/opt/chromium');
  });

  test('a package is installed where that is allowed', () => {
    let installed = false;
    const machine = bareMachine({
      findBrowser: () => (installed ? '/usr/bin/chromium' : undefined),
      mayInstallPackages: () => true,
      installPackage: () => void (installed = true),
    });
    expect(ensureBrowser(machine)).toEqual({ found: true });
  });

  test('a download serves where no package can be installed', () => {
    expect(ensureBrowser(bareMachine({ download: () => true }))).toEqual({ found: true });
    expect(process.env['CHROMIUM_PATH']).toBeUndefined();
  });

  test('without any of these the answer gives the reason', () => {
    expect(ensureBrowser(bareMachine())).toMatchObject({
      found: false,
      reason: expect.stringContaining('CHROMIUM_PATH'),
    });
  });
});
