/** What is learnt from a major incident is written together, and what was seen can be seen again. */
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import type { Actor } from '../support/actor.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });
test('[INC-101] [INC-108] [INC-113] a major incident is reviewed by two, taken along as Markdown, and seen again as it was', async ({
  desk,
  agent,
  lead,
}) => {
  const who = 'lead@desk.test';
  const id = await desk.openIncident(who, { title: 'Nobody can sign in', major: { severity: 2 } });
  await desk.act(who, 'incident', id, { verb: 'transition', to: 'in_progress' });

  await test.step('while it goes on, what is seen is written down', async () => {
    await agent.record.open({ id });
    await write(agent, 'The certificate has expired');
    await desk.act(who, 'incident', id, { verb: 'move-phase', to: 'investigating' });
    // moments of a replay are told apart by the second
    const wrote = Date.now();
    await expect.poll(() => Date.now() - wrote).toBeGreaterThan(1_100);
    await write(agent, 'A new certificate is in place');
    await agent.expectSaved();
    await expect(review(agent)).toBeHidden();
    await desk.act(who, 'incident', id, {
      verb: 'transition',
      to: 'resolved',
      code: 'fixed',
      notes: 'A new certificate.',
    });
  });

  await test.step('one begins the review; both write in it at once', async () => {
    await lead.record.open({ id });
    await expect(review(lead).getByText(/^Due/)).toBeVisible();
    await review(lead).getByRole('button', { name: 'Begin the review' }).click();
    for (const writer of [agent, lead]) {
      await expect(prose(writer).getByRole('heading')).toHaveText([
        ...['Overview', 'Impact', 'Timeline', 'Contributing factors', 'What went well', 'Actions'],
      ]);
    }
    await Promise.all([
      under(agent, 'Impact', 'Nobody signed in for an hour.'),
      under(lead, 'Contributing factors', 'Nothing watched the date.'),
    ]);
    for (const writer of [agent, lead]) {
      await expect(prose(writer)).toContainText('ImpactNobody signed in for an hour.');
      await expect(prose(writer)).toContainText('Contributing factorsNothing watched the date.');
    }
  });

  await test.step('an action with an owner and a day becomes a request', async () => {
    const actions = review(lead).getByRole('region', { name: 'Actions of the review' });
    await actions.getByLabel('Action', { exact: true }).fill('Watch the dates of certificates');
    await actions.getByLabel('Due').fill('2031-01-15');
    await actions.getByRole('button', { name: 'Add action' }).click();
    await actions.getByRole('button', { name: /^Make a request of/ }).click();
    await expect(actions.getByRole('button', { name: /^REQ-\d{4}-\d{5}, new/ })).toBeVisible();
    await expect(review(agent).getByRole('button', { name: /^REQ-\d{4}-\d{5}, new/ })).toBeVisible();
  });

  await test.step('the file holds the words of both, the timeline and the action', async () => {
    const download = agent.page.waitForEvent('download');
    await review(agent).getByRole('button', { name: 'Download the review as Markdown' }).click();
    const markdown = await readFile(await (await download).path(), 'utf8');
    expect(markdown).toContain('## Impact\n\nNobody signed in for an hour.\n\n## Timeline\n\n- ');
    expect(markdown).toMatch(/\*\*Observation\*\*, [^:]+: The certificate has expired\n/);
    expect(markdown).toMatch(/- Watch the dates of certificates, [^,]+, due 2031-01-15: REQ-\d{4}-\d{5} /);
  });

  await test.step('it is handed in, reviewed and closed, and so is the incident', async () => {
    await review(agent).getByRole('button', { name: 'Hand in for review' }).click();
    await expect(review(agent).getByRole('button', { name: 'Reviewed' })).toBeHidden();
    await review(lead).getByRole('button', { name: 'Reviewed' }).click();
    await review(lead).getByRole('button', { name: 'Close the review' }).click();
    await expect(review(agent).getByText('Closed', { exact: true })).toBeVisible();
    await lead.record.article
      .getByRole('region', { name: 'Major incident' })
      .getByRole('button', { name: 'Close', exact: true })
      .click();
    await expect.poll(async () => (await desk.ticket(id)).state).toBe('closed');
  });

  await test.step('the replay shows at an earlier instant what was seen then', async () => {
    await timeline(agent).getByRole('button', { name: 'Replay' }).click();
    const dialog = agent.page.getByRole('dialog', { name: /^Replay of/ });
    const entries = dialog.getByRole('list', { name: 'Entries then' }).getByRole('listitem');
    await expect(entries).toHaveCount(2);
    const slider = dialog.getByRole('slider', { name: 'Instant of the replay' });
    await slider.focus();
    await agent.page.keyboard.press('Home');
    await expect(entries).toHaveCount(0);
    const onTo = dialog.getByRole('button', { name: /^On to: Observation: The certificate/ });
    while (await onTo.isHidden()) await agent.page.keyboard.press('.');
    await onTo.click();
    await slider.focus();
    await expect(entries).toHaveCount(1);
    await expect(entries).toContainText('The certificate has expired');
    const then = dialog.getByLabel('The incident then');
    await expect(then).toContainText('In progress');
    await expect(then).toContainText(/Triage|Investigating/);
    await expect(then).toContainText(lead.name);
    await agent.page.keyboard.press('End');
    await expect(entries).toHaveCount(2);
    await agent.goOffline();
    await slider.focus();
    await agent.page.keyboard.press('Home');
    await expect(entries).toHaveCount(0);
    await agent.goOnline();
  });
});

function review(writer: Actor): Locator {
  return writer.record.article.getByRole('region', { name: 'Review', exact: true });
}

function prose(writer: Actor): Locator {
  return review(writer).getByRole('textbox', { name: 'Review' });
}

function timeline(writer: Actor): Locator {
  return writer.record.article.getByRole('region', { name: 'Timeline' });
}

async function write(writer: Actor, text: string): Promise<void> {
  const box = timeline(writer).getByRole('textbox', { name: 'New timeline entry' });
  await box.focus();
  await writer.page.keyboard.type(text, { delay: 5 });
  await writer.page.keyboard.press('Enter');
  await expect(box).toHaveValue('');
}

/** Writes in the empty paragraph under a heading. */
async function under(writer: Actor, heading: string, text: string): Promise<void> {
  // the empty paragraph itself: what others write meanwhile moves where keys lead
  const title = prose(writer).getByRole('heading', { name: heading });
  await title.locator('xpath=following-sibling::p[1]').click();
  await writer.page.keyboard.type(text, { delay: 10 });
}
