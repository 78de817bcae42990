/** The night of a release: three people, one of whom has no network for ten minutes; and the way back. */
import { DEFAULT_PHASES, readinessOf } from '@muster/domain/release';
import type { Release, ReleaseAct, StepPlan } from '@muster/domain/release';
import type { CommandOutcome, RecordId } from '@muster/domain/shared';
import type { Page } from '@playwright/test';
import type { Actor } from '../support/actor.ts';
import { freshId } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test.use({ deskOptions: { records: 1 } });

const LEAD = 'lead@desk.test';
const NO_FACTS = { changes: new Map(), incidents: new Map() };
const [STOP, COPY, START] = [freshId(), freshId(), freshId()];

const STEPS: readonly StepPlan[] = [
  step(STOP, 'Stop the imports', [], 'Start the imports again'),
  step(COPY, 'Copy the database', [STOP], 'Put the old database back'),
  step(START, 'Start the imports', [COPY], '', true),
];

test('three people carry a release through go, a checklist and ten minutes without a network', async ({
  desk,
  lead,
  agent,
  other,
}) => {
  const id = await readyRelease(desk);
  const panel = (page: Page) => page.getByRole('region', { name: 'Go or no-go' });
  const box = (page: Page, title: string) =>
    page.getByRole('checkbox', { name: `${title}, done`, exact: true });

  await test.step('the lead asks, after what stands against a go was said', async () => {
    await lead.page.goto(`/release/${id}#go`);
    await expect(lead.page.getByRole('button', { name: 'Go', exact: true })).toBeDisabled();
    await expect(lead.page.getByRole('list', { name: 'What stands against it' })).toContainText(
      'Open the roll call first',
    );
    await lead.page.getByRole('button', { name: 'Ask the leads' }).click();
    const dialog = lead.page.getByRole('dialog', { name: 'Ask the leads' });
    await dialog.getByLabel(agent.name, { exact: true }).check();
    await dialog.getByLabel(other.name, { exact: true }).check();
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(panel(lead.page)).toContainText('0 go of 2 needed');
  });

  await test.step('an answer given without a network is void when the release changed meanwhile', async () => {
    await agent.page.clock.install();
    for (const one of [agent, other]) await one.page.goto(`/release/${id}#go`);
    await expect(panel(agent.page)).toContainText('0 go of 2 needed');
    await agent.expectReadyOffline();
    await agent.goOffline();
    await answerGo(agent);
    await expect(panel(agent.page)).toContainText('1 go of 2 needed');
    await act(desk, id, { verb: 'edit', fields: { label: '2026.12' } });
    await agent.page.clock.fastForward('10:00');
    await agent.goOnline();
    await agent.expectSaved();
    await expect(panel(agent.page)).toContainText('0 go of 2 needed');
    await expect(panel(agent.page)).toContainText('label changed');
    for (const one of [agent, other]) {
      await one.page.getByRole('button', { name: 'I have read it' }).click();
      await answerGo(one);
    }
    await expect(panel(lead.page)).toContainText('2 go of 2 needed');
  });

  await test.step('the lead goes, and begins the deployment', async () => {
    const { page } = lead;
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.getByRole('button', { name: 'Begin the deployment' }).click();
    await page.getByRole('tab', { name: 'Phases and gates' }).click();
    await page
      .getByRole('region', { name: 'Deployment', exact: true })
      .getByRole('button', { name: 'Start' })
      .click();
    await page.getByRole('tab', { name: /^Checklist/ }).click();
    await expect(box(page, 'Stop the imports')).toBeVisible();
  });

  await test.step('ticks made online and offline merge by the pair rule, and both are told', async () => {
    for (const { page } of [agent, other]) await page.getByRole('tab', { name: /^Checklist/ }).click();
    await expect(box(agent.page, 'Stop the imports')).toBeEnabled();
    await agent.expectSaved();
    await agent.goOffline();
    await box(agent.page, 'Stop the imports').click();
    await box(agent.page, 'Copy the database').click();
    await expect(box(agent.page, 'Copy the database')).toBeChecked();
    await agent.page.clock.fastForward('10:00');
    await box(other.page, 'Stop the imports').click();
    await other.expectSaved();
    await box(lead.page, 'Stop the imports').click();
    await expect(box(other.page, 'Stop the imports')).not.toBeChecked();
    await agent.goOnline();
    await agent.expectSaved();
    for (const { page } of [lead, agent, other]) {
      await expect(box(page, 'Stop the imports')).toBeChecked();
      await expect(box(page, 'Copy the database')).toBeChecked();
    }
    await expect(lead.page.getByText('not knowing of each other')).toBeVisible();
  });

  await test.step('past the point of no return nobody rolls back, and the history tells the night', async () => {
    await box(other.page, 'Start the imports').click();
    await expect(lead.page.getByRole('button', { name: 'Roll back' })).toBeDisabled();
    await expect(lead.page.getByRole('list', { name: 'What stands against it' })).toContainText(
      'There is no way back since',
    );
    await lead.page.getByRole('tab', { name: 'History' }).click();
    const history = lead.page.getByRole('list', { name: 'History, newest first' });
    await expect(history).toContainText(`${other.name} ticked “Start the imports”`);
  });
});

test('a release is rolled back step by step, the last one first', async ({ desk, lead, agent }) => {
  const id = await readyRelease(desk);
  await act(desk, id, { verb: 'open-roll-call', leads: [desk.account(LEAD).id], quorum: 1 });
  const { hash } = readinessOf(await read(desk, id), NO_FACTS);
  await act(desk, id, { verb: 'answer', answer: 'go', readiness: hash });
  await act(desk, id, { verb: 'transition', to: 'go' });
  await act(desk, id, { verb: 'transition', to: 'deploying' });
  await act(desk, id, { verb: 'start-phase', phase: 'deploying' });
  for (const done of [STOP, COPY]) await act(desk, id, { verb: 'tick', step: done });

  await lead.page.goto(`/release/${id}`);
  await lead.page.getByRole('button', { name: 'Roll back' }).click();
  const dialog = lead.page.getByRole('dialog', { name: 'Roll back' });
  await dialog.getByLabel('Why').fill('The copy is incomplete');
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(lead.page.getByRole('button', { name: 'It is rolled back' })).toBeDisabled();

  await agent.page.goto(`/release/${id}#checklist`);
  const undone = (title: string) =>
    agent.page.getByRole('checkbox', { name: `${title}, undone`, exact: true });
  await expect(undone('Stop the imports')).toBeDisabled();
  await undone('Copy the database').click();
  await undone('Stop the imports').click();
  await lead.page.getByRole('button', { name: 'It is rolled back' }).click();
  await expect(lead.page.getByRole('button', { name: 'Begin the review' })).toBeEnabled();
  await agent.page.getByRole('button', { name: /^Inbox/ }).click();
  await lead.expectSaved();
  expect((await read(desk, id)).state).toBe('rolled_back');
});

async function answerGo({ page }: Actor): Promise<void> {
  const answers = page.getByRole('group', { name: 'Your answer' });
  await answers.getByRole('button', { name: 'Go', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Answer go' });
  await dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(answers).toHaveCount(0);
}

function step(
  id: string,
  title: string,
  after: readonly string[],
  rollback: string,
  noReturn = false,
): StepPlan {
  return { id, title, phase: 'deploying', owner: null, change: null, minutes: 10, after, rollback, noReturn };
}

/** A release with a checklist whose phases before the deployment are completed. */
async function readyRelease(desk: Desk): Promise<RecordId> {
  const id = freshId() as RecordId;
  const fields = {
    ...({ kind: 'minor', title: 'Winter release', label: '', services: [], owner: null } as const),
    ...({ pace: 'stages', beginsAt: null, endsAt: null, hypercareHours: 48 } as const),
    rollbackTestedAt: null,
  };
  await act(desk, id, { verb: 'create', fields });
  await act(desk, id, {
    verb: 'plan-phases',
    phases: DEFAULT_PHASES.map((phase) => ({ ...phase, gates: [] })),
  });
  await act(desk, id, { verb: 'add-steps', steps: STEPS });
  for (const stage of ['planning', 'building', 'testing'] as const) {
    await act(desk, id, { verb: 'transition', to: stage });
    await act(desk, id, { verb: 'start-phase', phase: stage });
    await act(desk, id, { verb: 'complete-phase', phase: stage });
  }
  await act(desk, id, { verb: 'transition', to: 'ready' });
  return id;
}

/** As the lead, over HTTP; throws unless it is applied. */
async function act(desk: Desk, target: RecordId, { verb, ...args }: ReleaseAct): Promise<void> {
  const session = await desk.session(LEAD);
  const basis = verb === 'create' ? 0 : (await read(desk, target)).version;
  const type = `release.${verb}`;
  const [outcome] = await session.call<CommandOutcome[]>('POST', '/api/commands', [
    { id: freshId(), type, target, args, basis, clientAt: Date.now() },
  ]);
  if (outcome?.outcome !== 'applied') throw new Error(`${type}: ${JSON.stringify(outcome)}`);
}

async function read(desk: Desk, id: RecordId): Promise<Release> {
  const session = await desk.session(LEAD);
  return (await session.call<{ release: Release }>('GET', `/api/releases/${id}`)).release;
}
