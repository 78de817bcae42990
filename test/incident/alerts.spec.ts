/** Alerts in: from the page that makes an integration to an incident that comes and goes by itself. */
import { expect, test } from '../support/test.ts';

test.describe('alerts', () => {
  test('an administrator makes an integration; what it sends shows live, and resolves when it is over', async ({
    desk,
    admin,
    agent,
  }, testInfo) => {
    await agent.queue.open();
    const { page } = admin;
    await page.goto('/admin/alerts');
    await expect(page.getByText('Nothing sends alerts here')).toBeVisible();
    await page.getByRole('button', { name: 'Integration' }).click();
    await page.getByLabel('Name').fill('Prometheus north');
    await page.getByRole('button', { name: 'Make the integration' }).click();
    const key = await page.getByLabel('Key', { exact: true }).inputValue();
    const address = await page.getByLabel('Address').inputValue();
    await expect(page.getByLabel('Configuration of the sender')).toContainText(key);
    await page.screenshot({ path: testInfo.outputPath('integration-made.png') });
    await page.getByRole('button', { name: 'Done' }).click();

    expect(await send(address, key, ['firing', 'firing'])).toBe(202);
    await agent.queue.pill.click();
    const row = agent.page.getByRole('row', { name: /The mail relays are down/ });
    await expect(row).toBeVisible();
    await row.click();
    const panel = agent.page.getByRole('region', { name: 'Alerts' });
    await expect(panel).toContainText('2 of 2 firing');
    await expect(agent.page.getByRole('textbox', { name: 'Internal note, for staff only' })).toBeVisible();
    await agent.page.getByRole('radio', { name: 'Public reply' }).click();
    await expect(agent.page.getByText('Prometheus north is a program and reads nothing')).toBeVisible();
    await expect(agent.page.getByText('@integration.invalid')).toHaveCount(0);
    await expect(panel.getByRole('link', { name: /RelayDown/ }).first()).toHaveAttribute(
      'href',
      'http://prometheus.test/graph',
    );
    await panel.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(panel.getByText('Acknowledged')).toHaveCount(2);
    // nothing is left to acknowledge: its button goes, and the keys stay in the panel
    await expect(panel.getByRole('button', { name: 'Acknowledge' })).toBeHidden();
    await expect(panel).toBeFocused();
    await agent.page.screenshot({ path: testInfo.outputPath('incident-firing.png') });

    expect(await send(address, key, ['resolved', 'firing'])).toBe(202);
    await expect(panel).toContainText('1 of 2 firing');
    expect(await send(address, key, ['resolved', 'resolved'])).toBe(202);
    await expect(panel).toContainText('2, all over');
    const made = await page.request.get(`${desk.url}/api/integrations`);
    expect(await made.json()).toMatchObject({ integrations: [{ counts: { received: 3, episodes: 2 } }] });
    await agent.page.screenshot({ path: testInfo.outputPath('incident-over.png') });
    await page.reload();
    await expect(page.getByText('3 payloads, 2 alerts')).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath('integrations.png') });
  });

  test('are silenced from their incident, for longer when that was too short, and not any more', async ({
    admin,
    agent,
  }, testInfo) => {
    const { page } = admin;
    await page.goto('/admin/alerts');
    await page.getByRole('button', { name: 'Integration' }).click();
    await page.getByLabel('Name').fill('Prometheus south');
    await page.getByRole('button', { name: 'Make the integration' }).click();
    const key = await page.getByLabel('Key', { exact: true }).inputValue();
    const address = await page.getByLabel('Address').inputValue();
    expect(await send(address, key, ['firing'])).toBe(202);
    await agent.queue.open();
    await agent.page.getByRole('row', { name: /The mail relays are down/ }).click();
    const panel = agent.page.getByRole('region', { name: 'Alerts' });
    for (const time of ['For 1 hour', 'For 4 hours']) {
      const before = await panel.getByRole('paragraph').first().textContent();
      await panel.getByRole('button', { name: 'Silence', exact: true }).click();
      await agent.page.getByRole('menuitem', { name: time }).click();
      await expect(panel).toContainText('silenced until');
      await expect(panel.getByRole('paragraph').first()).not.toHaveText(before ?? '');
    }
    await expect(panel.getByText('Silenced', { exact: true })).toBeVisible();
    await panel.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(panel.getByText('acknowledged', { exact: true })).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Acknowledge' })).toBeHidden();
    // a silence writes nothing into the history: what comes meanwhile is shown all the same
    expect(await send(address, key, ['firing', 'firing'])).toBe(202);
    await expect(panel).toContainText('2 of 2 firing');
    await expect(panel.getByRole('button', { name: 'Acknowledge' })).toBeVisible();
    await agent.page.screenshot({ path: testInfo.outputPath('incident-silenced.png') });
    await panel.getByRole('button', { name: 'End the silence' }).click();
    await expect(panel).not.toContainText('silenced until');
    for (const state of ['Firing', 'Acknowledged'])
      await expect(panel.getByText(state, { exact: true })).toBeVisible();
  });
});

async function send(address: string, key: string, states: readonly string[]): Promise<number> {
  const alerts = states.map((status, at) => ({
    status,
    labels: { alertname: 'RelayDown', instance: `relay${at}:25`, severity: 'critical' },
    annotations: {},
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: status === 'resolved' ? '2026-01-01T01:00:00Z' : '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.test/graph',
    fingerprint: `relay-${at}`,
  }));
  const answer = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      version: '4',
      groupKey: '{}:{alertname="RelayDown"}',
      status: states.includes('firing') ? 'firing' : 'resolved',
      commonAnnotations: { summary: 'The mail relays are down' },
      alerts,
    }),
  });
  return answer.status;
}
