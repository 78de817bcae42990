import { MAIL_KINDS, MAIL_POLICY } from '@muster/domain/shared';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import type { OwnPush } from '../channels-api.ts';
import OwnDevices from './OwnDevices.svelte';
import type { Props } from './OwnDevices.svelte';
import { browserName } from './browser-name.ts';
import type { PushBrowser } from './push-browser.ts';

const PUSH: OwnPush = {
  publicKey: 'key',
  kinds: MAIL_KINDS.map((kind) => {
    const { byDefault } = MAIL_POLICY[kind];
    return { kind, byDefault, wanted: byDefault };
  }),
  devices: [],
};

/** A browser as a person finds it; its push service is no part of this. */
class TrialBrowser implements PushBrowser {
  granted: NotificationPermission;
  answer: NotificationPermission = 'granted';
  subscribed: PushSubscription | null = null;

  constructor(granted: NotificationPermission) {
    this.granted = granted;
  }

  permission() {
    return this.granted;
  }
  ask() {
    this.granted = this.answer;
    return Promise.resolve(this.granted);
  }
  subscription() {
    return Promise.resolve(this.subscribed);
  }
  subscribe() {
    const unsubscribe = () => {
      this.subscribed = null;
      return Promise.resolve(true);
    };
    this.subscribed = { unsubscribe } as unknown as PushSubscription;
    return Promise.resolve(this.subscribed);
  }
}

async function show(browser: PushBrowser | null, push: OwnPush = PUSH): Promise<Props['api']> {
  const api = {
    addDevice: vi.fn(() => Promise.resolve('d1')),
    removeDevice: vi.fn(() => Promise.resolve(null)),
    testDevice: vi.fn(() => Promise.resolve({ outcome: 'gone' as const })),
    choose: vi.fn(() => Promise.resolve(null)),
    own: vi.fn(() => Promise.reject(new Error('away'))),
  };
  await render(ShellTrial, {
    muster: new ShellMuster(),
    part: OwnDevices,
    given: { push, api, browser: () => Promise.resolve(browser) },
  });
  return api;
}

const button = (name: string) => page.getByRole('button', { name });

describe('being told on this device', () => {
  it('[DSK-180] is turned on, tried and turned off', async () => {
    const api = await show(new TrialBrowser('default'));
    await button('Tell me here').click();
    await expect.element(page.getByText('This device is told, until you sign out here.')).toBeVisible();
    expect(api.addDevice).toHaveBeenCalledOnce();
    await expect.element(page.getByText('Tell my devices about')).toBeVisible();
    await button('Stop here').click();
    await expect.element(button('Tell me here')).toBeVisible();
    expect(api.removeDevice).toHaveBeenCalledWith('d1');
    await expect.element(page.getByText('Tell my devices about')).not.toBeInTheDocument();
  });

  it('[DSK-184] is off again when a test shows that the device is known no more', async () => {
    const browser = new TrialBrowser('granted');
    await browser.subscribe();
    await show(browser, { ...PUSH, devices: [{ id: 'd1', name: '', madeAt: 1, current: true }] });
    await button('Send a test').click();
    await expect.element(button('Tell me here')).toBeVisible();
  });

  it('says how to unblock it, and heeds that when the person comes back', async () => {
    const browser = new TrialBrowser('default');
    browser.answer = 'denied';
    await show(browser);
    await button('Tell me here').click();
    await expect.element(page.getByText(/open the permissions of this site/)).toBeVisible();
    browser.granted = 'granted';
    window.dispatchEvent(new Event('focus'));
    await expect.element(button('Tell me here')).toBeVisible();
  });

  it('says so where a browser cannot', async () => {
    await show(null);
    await expect.element(page.getByText('This browser cannot show news of a closed page.')).toBeVisible();
    await expect.element(button('Tell me here')).not.toBeInTheDocument();
  });

  it('is stopped on another device too', async () => {
    const name = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/148.0.0.0 Safari/537.36';
    const api = await show(null, { ...PUSH, devices: [{ id: 'd2', name, madeAt: 1, current: false }] });
    await button('Stop on Chrome on Linux').click();
    expect(api.removeDevice).toHaveBeenCalledWith('d2');
    await expect.element(page.getByText('Your other devices')).not.toBeInTheDocument();
    expect(browserName('')).toBe('A browser');
  });
});
