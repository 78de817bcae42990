import { MAIL_KINDS, MAIL_POLICY } from '@muster/domain/shared';
import type { Permission } from '@muster/domain/shared';
import type { Component } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import DeliveryTable from './DeliveryTable.svelte';
import MailServerCard from './MailServerCard.svelte';
import OwnMailCard from './OwnMailCard.svelte';
import SubscribersCard from './SubscribersCard.svelte';
import type { Channels, MailChoice, OwnMail, TroubledDelivery } from './channels-api.ts';

const OWN: OwnMail = {
  available: true,
  address: 'arne@desk.test',
  deliverable: true,
  kinds: MAIL_KINDS.map((kind) => {
    const { byDefault } = MAIL_POLICY[kind];
    return { kind, byDefault, wanted: byDefault };
  }),
};

const show = (part: Component<never>, given: Record<string, unknown>, permissions?: readonly Permission[]) =>
  render(ShellTrial, {
    muster: new ShellMuster(permissions === undefined ? {} : { permissions }),
    part,
    given,
  });

const wantedIn = (kinds: readonly MailChoice[] | undefined, kind: string) =>
  kinds?.find((choice) => choice.kind === kind)?.wanted;

describe('one’s own choice of mail', () => {
  it('keeps each tick at once, and goes back to the defaults', async () => {
    let stored = OWN.kinds;
    const keep = vi.fn((changed: readonly MailChoice[]) => {
      stored = stored.map((one) => changed.find(({ kind }) => kind === one.kind) ?? one);
      return Promise.resolve();
    });
    await show(OwnMailCard, { mail: OWN, keep, reload: () => Promise.resolve(stored) });
    const defaults = page.getByRole('button', { name: 'Back to the defaults' });
    await expect.element(defaults).toBeDisabled();
    await page.getByRole('checkbox', { name: /^Assignments/ }).click();
    await expect.poll(() => wantedIn(keep.mock.lastCall?.[0], 'assigned')).toBe(false);
    await expect.element(page.getByText('By default sent', { exact: false })).toBeVisible();
    await defaults.click();
    await expect.poll(() => wantedIn(keep.mock.lastCall?.[0], 'assigned')).toBe(true);
    await expect.element(page.getByRole('checkbox', { name: /^Assignments/ })).toBeChecked();
  });

  it('sends what was ticked alone, and shows what was chosen elsewhere meanwhile', async () => {
    const keep = vi.fn<(changed: readonly MailChoice[]) => Promise<unknown>>(() => Promise.resolve());
    const stopped = new Set(['assigned', 'replied']);
    const reload = () =>
      Promise.resolve(OWN.kinds.map((one) => ({ ...one, wanted: one.wanted && !stopped.has(one.kind) })));
    await show(OwnMailCard, { mail: OWN, keep, reload });
    await page.getByRole('checkbox', { name: /^Assignments/ }).click();
    await expect.element(page.getByRole('checkbox', { name: /^Replies/ })).not.toBeChecked();
    expect(keep.mock.calls).toEqual([[[{ kind: 'assigned', byDefault: true, wanted: false }]]]);
  });

  it('shows what holds when a choice was not kept', async () => {
    await show(OwnMailCard, { mail: OWN, keep: () => Promise.reject(new Error('away')), reload: vi.fn() });
    const box = page.getByRole('checkbox', { name: /^Replies/ });
    await box.click();
    await expect.element(box).toBeChecked();
  });

  it('offers a requester what can reach them', async () => {
    await show(OwnMailCard, { mail: OWN, keep: vi.fn(), reload: vi.fn() }, ['desk.create']);
    await expect.element(page.getByRole('checkbox', { name: /^Replies/ })).toBeVisible();
    await expect.element(page.getByRole('checkbox', { name: /^Escalations/ })).not.toBeInTheDocument();
  });

  it('says that nothing is sent while there is no mail server', async () => {
    await show(OwnMailCard, { mail: { ...OWN, available: false }, keep: vi.fn(), reload: vi.fn() });
    await expect.element(page.getByText(/No mail server is set up/)).toBeVisible();
  });
});

const CHANNELS: Channels = {
  server: { host: 'mail.example.org', port: 587, from: 'desk@example.org', hasLinks: true },
  lastSuccessAt: 1_000,
  lastFailureAt: null,
  lastFailure: null,
  counts: { queued: 3, sending: 0, sent: 40, failed: 1, skipped: 2 },
  oldestQueuedAt: 900,
  devices: { count: 0, counts: { queued: 0, sending: 0, sent: 0, failed: 0, skipped: 0 } },
  troubled: [],
};

describe('the channels of administrators', () => {
  it('say how to set mail up while it is off', async () => {
    await show(MailServerCard, { channels: { ...CHANNELS, server: null } });
    await expect.element(page.getByText('MUSTER_SMTP_URL')).toBeVisible();
  });

  it('say what the mail server answered when it fails', async () => {
    const failing = { ...CHANNELS, lastFailureAt: 2_000, lastFailure: 'connect ECONNREFUSED' };
    await show(MailServerCard, { channels: failing });
    await expect.element(page.getByRole('alert').getByText(/ECONNREFUSED/)).toBeVisible();
  });

  it('name what failed with its reason, and send it again by a button that says to whom', async () => {
    const onagain = vi.fn();
    const failed: TroubledDelivery = {
      id: 7,
      channel: 'mail',
      state: 'failed',
      personName: 'Lena Lead',
      kind: 'escalated',
      record: null,
      attempts: 1,
      reason: '550 no such mailbox',
      at: 1_000,
    };
    const waiting: TroubledDelivery = { ...failed, id: 8, state: 'waiting', personName: 'Olga Other' };
    await show(DeliveryTable, { deliveries: [failed, waiting], canSend: true, onagain });
    await expect.element(page.getByText('550 no such mailbox').first()).toBeVisible();
    await page.getByRole('button', { name: 'Send again to Lena Lead' }).click();
    expect(onagain).toHaveBeenCalledWith(7);
    await expect
      .element(page.getByRole('button', { name: 'Send again to Olga Other' }))
      .not.toBeInTheDocument();
  });

  it('teach what would stand there while nothing failed', async () => {
    await show(DeliveryTable, { deliveries: [], canSend: true, onagain: vi.fn() });
    await expect.element(page.getByText('Nothing failed')).toBeVisible();
  });
});

describe('followers of the status page', () => {
  it('are counted and taken out, and one is removed, or it is said why not', async () => {
    const onremove = vi.fn((address: string) =>
      address === 'a@example.org' ? Promise.resolve() : Promise.reject(new Error('away')),
    );
    const subscribers = { offered: true, confirmed: 2, waiting: 1 };
    await show(SubscribersCard, { subscribers, onremove });
    await expect.element(page.getByText('2 addresses, 1 did not say yes yet')).toBeVisible();
    const link = page.getByRole('link', { name: 'Export as CSV' });
    await expect.element(link).toHaveAttribute('href', '/api/channels/subscribers/export');
    const field = page.getByLabelText('Remove an address');
    await field.fill('b@example.org');
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill('a@example.org');
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect.element(field).toHaveValue('');
    expect(onremove).toHaveBeenCalledTimes(2);
  });

  it('are none where the page asks for no addresses', async () => {
    await show(SubscribersCard, {
      subscribers: { offered: false, confirmed: 0, waiting: 0 },
      onremove: vi.fn(),
    });
    await expect.element(page.getByText('asks for no addresses', { exact: false })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Remove' })).not.toBeInTheDocument();
  });
});
