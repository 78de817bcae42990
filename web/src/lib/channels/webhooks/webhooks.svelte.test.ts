import { WEBHOOK_KINDS } from '@muster/domain/shared';
import type { Component } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import WebhookDialog from './WebhookDialog.svelte';
import WebhookLog from './WebhookLog.svelte';
import WebhooksPage from './WebhooksPage.svelte';
import type { Webhook, WebhookDelivery, WebhookFields } from './webhooks-api.ts';

const show = (part: Component<never>, given: Record<string, unknown>) =>
  render(ShellTrial, { muster: new ShellMuster({}), part, given });

const WEBHOOK: Webhook = {
  id: 'w1',
  name: 'Chat',
  url: 'https://chat.example.org/hook',
  kinds: ['record.created', 'major.declared'],
  enabled: true,
  failingSince: null,
  givenUpAt: null,
  counts: { waiting: 0, sent: 0, failed: 0, skipped: 0 },
};

describe('the form of a webhook', () => {
  it('says what is missing before anything is sent, then shows the secret once', async () => {
    const keep = vi.fn<(fields: WebhookFields) => Promise<string | null>>(() => Promise.resolve('mwhs_abc'));
    const onclose = vi.fn();
    await show(WebhookDialog, { webhook: null, keep, onclose });
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    await expect.element(page.getByText(/Write what it tells/)).toBeVisible();
    expect(keep).not.toHaveBeenCalled();
    await page.getByLabelText('Name').fill('Chat');
    await page.getByLabelText('Address').fill('https://chat.example.org/hook');
    await page.getByRole('checkbox', { name: /^Fields/ }).click();
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    await expect.element(page.getByLabelText('Secret')).toHaveValue('mwhs_abc');
    expect(keep).toHaveBeenCalledWith({
      name: 'Chat',
      url: 'https://chat.example.org/hook',
      kinds: WEBHOOK_KINDS.filter((kind) => kind !== 'record.edited'),
    });
    await page.getByRole('button', { name: 'Done' }).click();
    expect(onclose).toHaveBeenCalledOnce();
  });

  it('begins with what a webhook has, and closes when it is kept', async () => {
    const onclose = vi.fn();
    await show(WebhookDialog, { webhook: WEBHOOK, keep: () => Promise.resolve(null), onclose });
    await expect.element(page.getByRole('checkbox', { name: /^New records/ })).toBeChecked();
    await expect.element(page.getByRole('checkbox', { name: /^Replies/ })).not.toBeChecked();
    await page.getByRole('button', { name: 'Keep' }).click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
  });
});

describe('the page of webhooks', () => {
  it('leaves the form that somebody types in when a log that was asked for before comes', async () => {
    const log = Promise.withResolvers<unknown>();
    const asked = vi.fn((path: string) =>
      path.endsWith('/deliveries') ? log.promise : Promise.resolve({ webhooks: [WEBHOOK] }),
    );
    const muster = new ShellMuster({});
    await render(ShellTrial, { muster, part: WebhooksPage, given: {}, api: { request: asked } });
    await page.getByRole('button', { name: 'Log' }).click();
    await expect.poll(() => asked.mock.lastCall?.[0]).toBe('/api/webhooks/w1/deliveries');
    await page.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Webhook', exact: true }).click();
    await page.getByLabelText('Name').fill('Pager');
    const before = asked.mock.calls.length;
    log.resolve({ deliveries: [] });
    // the list is read anew once the log has been taken
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(before);
    await expect.element(page.getByLabelText('Name')).toHaveValue('Pager');
  });
});

describe('the log of a webhook', () => {
  const failed: WebhookDelivery = {
    id: 3,
    message: 'aa',
    type: 'record.created',
    record: null,
    state: 'failed',
    attempts: 12,
    madeAt: 1,
    at: 2,
    status: 500,
    answer: null,
    reason: 'not taken within a day: answered 500',
  };

  it('tells what became of each event, and sends what is over again', async () => {
    const onagain = vi.fn();
    const waiting: WebhookDelivery = { ...failed, id: 4, type: 'record.replied', state: 'queued' };
    await show(WebhookLog, { deliveries: [failed, waiting], onagain });
    await expect.element(page.getByText('tried again')).toBeVisible();
    await page.getByRole('button', { name: /Send again: New records/ }).click();
    expect(onagain).toHaveBeenCalledWith(failed);
    await expect.element(page.getByRole('button', { name: /Send again: Replies/ })).not.toBeInTheDocument();
  });

  it('teaches what would stand there', async () => {
    await show(WebhookLog, { deliveries: [], onagain: vi.fn() });
    await expect.element(page.getByText('Nothing was sent yet')).toBeVisible();
  });
});
