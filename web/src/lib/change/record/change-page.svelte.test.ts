import type { ApprovalPolicy, ApprovalRule } from '@muster/domain/change';
import type { PersonId, ServiceId, Team } from '@muster/domain/shared';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { NOW, makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { ChangeTrial, HOUR } from '../test-support/change-trial.svelte.ts';
import ChangePage from './ChangePage.svelte';

const directory = makeDirectory();
const [me, bo, cy, author] = [...directory.people.keys()] as [PersonId, PersonId, PersonId, PersonId];
const [service] = [...directory.services.keys()] as [ServiceId];
const [team] = [...directory.teams.values()] as [Team, ...Team[]];
const nameOf = (person: PersonId) => directory.people.get(person)?.name ?? '';

function board(rule: ApprovalRule, people: readonly PersonId[] = [me, bo, cy]): ApprovalPolicy {
  return {
    ...{ id: 'board', version: 1, name: 'Change board', stage: 'board', when: {}, rule },
    approvers: people.map((person, index) => ({ kind: 'person', person, weight: index + 1 })),
    ...{ delegates: null, withinMs: 24 * HOUR, ownMayVote: false },
  };
}

/** An emergency change of somebody else, new, with a window that is running. */
function emergency(policy: ApprovalPolicy, by = author): ChangeTrial {
  const window = { begins: NOW - HOUR, ends: NOW + 4 * HOUR };
  const fields = { title: 'Replace the relay', items: [service], ...window };
  return new ChangeTrial(directory, me, { policies: [policy] }).as(by, {
    ...{ verb: 'create', model: 'emergency', fields, owner: by },
  });
}

const asked = (policy: ApprovalPolicy) => emergency(policy).as(author, { verb: 'step', to: 'authorize' });

/** The form is of the service desk, and stands in the route. */
const notice = createRawSnippet(() => ({ render: () => '<p>The form</p>' }));
/** So is the list of what is planned. */
const planned = createRawSnippet(() => ({ render: () => '<p>The list</p>' }));

async function open(trial: ChangeTrial, roomsAreHere = true) {
  const permissions = ['change.read', 'change.work', 'change.approve'] as const;
  const onItems = ['configuration.read', 'configuration.work'] as const;
  const muster = new ShellMuster({ directory, permissions: [...permissions, ...onItems] });
  muster.openChanges = () => Promise.resolve(trial);
  muster.roomsAreHere = roomsAreHere;
  await render(ShellTrial, { muster, part: ChangePage, given: { id: trial.id, notice, planned } });
  return muster;
}

const approvals = () => page.getByRole('region', { name: 'Approvals' });
const tasks = () => page.getByRole('region', { name: 'Tasks' });
const task = (number: number, title: string) =>
  tasks().getByRole('group', { name: `Task ${number}: ${title}` });

beforeEach(() => page.viewport(1300, 1000));

test('the page of a change has keys of its own', async () => {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  await open(asked(board({ kind: 'all' })));
  await expect.element(approvals()).toBeVisible();
  await userEvent.keyboard('.');
  await userEvent.keyboard(',t');
  expect(copied).toEqual(['CHG-2026-00001', 'CHG-2026-00001 Replace the relay']);
  vi.restoreAllMocks();
});

test('the form sends what was said in it, and nothing that others changed meanwhile', async () => {
  const trial = emergency(board({ kind: 'all' }));
  await open(trial);
  const facts = page.getByRole('region', { name: 'What and when' });
  await facts.getByRole('button', { name: 'Change', exact: true }).click();
  trial.as(author, { verb: 'edit', fields: { title: 'Replace both relays' } });
  trial.as(author, { verb: 'assign', team: null, owner: bo });
  await page.getByLabelText('Something is out of use meanwhile').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => trial.acts).toEqual([{ verb: 'edit', fields: { outage: true } }]);
  expect(trial.it).toMatchObject({ title: 'Replace both relays', owner: bo, outage: true });
});

test('the form gives it to a team, and leaves it with whom others gave it meanwhile', async () => {
  const trial = emergency(board({ kind: 'all' }));
  await open(trial);
  const facts = page.getByRole('region', { name: 'What and when' });
  await facts.getByRole('button', { name: 'Change', exact: true }).click();
  trial.as(author, { verb: 'assign', team: null, owner: bo });
  await page.getByRole('combobox', { name: 'Team' }).selectOptions(team.name);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => trial.acts).toEqual([{ verb: 'assign', team: team.id, owner: bo }]);
  expect(trial.it).toMatchObject({ team: team.id, owner: bo });
});

describe('the plans of a change', () => {
  test('[CHG-27] that somebody approved are opened for writing by a button, not by a key in passing', async () => {
    const trial = asked(board({ kind: 'all' }));
    trial.vote(bo, 'approved');
    await open(trial);
    const plans = page.getByRole('region', { name: 'Plans' });
    const words = () => plans.element().textContent.replace(/\s+/g, ' ');
    await expect.poll(words).toContain('One has approved these words.');
    const values = page.getByRole('region', { name: 'Planned values' });
    await expect.element(values.getByText(/^One has approved this change as it is\./)).toBeVisible();
    await plans.getByRole('button', { name: 'Write on them' }).click();
    await expect.poll(words).not.toContain('approved these words.');
  });
});

describe('the approvals of a change', () => {
  test('[CHG-26] are not given while the plans are not on the device: nobody has read them', async () => {
    const trial = asked(board({ kind: 'any' }));
    await open(trial, false);
    await expect.element(approvals().getByText(/The plans are not on this device yet/)).toBeVisible();
    for (const name of ['Approve', 'Reject', 'Abstain'])
      await expect.element(approvals().getByRole('button', { name, exact: true })).toBeDisabled();
    expect(trial.acts).toEqual([]);
  });

  test('leave the words of a rejection on the page until the change goes on', async () => {
    const trial = asked(board({ kind: 'any' })).vote(bo, 'rejected');
    await open(trial);
    const told = page.getByRole('status').filter({ hasText: `${nameOf(bo)} rejected it` });
    await expect.element(told).toBeVisible();
    expect(told.element().textContent).toContain('“Read”');
    trial.as(author, { verb: 'step', to: 'authorize' });
    await expect.element(told).not.toBeInTheDocument();
  });

  test('count the votes by the rule of the policy, whoever abstains left out', async () => {
    const trial = asked(board({ kind: 'majority' }));
    await open(trial);
    const bar = approvals().getByRole('meter');
    await expect.element(bar).toHaveAttribute('max', '2');
    trial.vote(bo);
    await expect.element(bar).toHaveAttribute('value', '1');
    trial.vote(cy, 'abstained');
    await expect
      .element(
        approvals()
          .getByRole('paragraph')
          .filter({ hasText: /2 needed, more than half of 2/ }),
      )
      .toBeVisible();
    await approvals().getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.element(approvals().getByText('Approved', { exact: true }).first()).toBeVisible();
    expect(trial.it.approvals.find(({ person }) => person === me)?.state).toBe('approved');
  });

  test('weigh the votes where the policy does', async () => {
    const trial = asked(board({ kind: 'weighted', weight: 5 }));
    await open(trial);
    trial.vote(cy);
    const bar = approvals().getByRole('meter');
    await expect.element(bar).toHaveAttribute('max', '5');
    await expect.element(bar).toHaveAttribute('value', '3');
    await expect.element(approvals().getByText('weighs 3')).toBeVisible();
  });

  test('are rejected with a reason alone, and the change is brought back', async () => {
    const trial = asked(board({ kind: 'all' }));
    await open(trial);
    const reject = approvals().getByRole('button', { name: 'Reject' });
    await reject.click();
    await expect.element(approvals().getByRole('alert')).toMatchTextContent(/Say why you reject it/);
    expect(trial.acts).toEqual([]);
    await approvals().getByRole('textbox', { name: 'Note' }).fill('No way back');
    await reject.click();
    await expect.element(page.getByRole('button', { name: 'Ask for approval' })).toBeVisible();
    expect(trial.it.state).toBe('new');
  });

  test('[CHG-27] are void when what was voted on moves, with what it was, and one key approves again', async () => {
    const trial = asked(board({ kind: 'all' })).vote(me);
    await open(trial);
    await expect
      .element(approvals().getByRole('button', { name: 'Approve', exact: true }))
      .not.toBeInTheDocument();
    trial.as(author, { verb: 'edit', fields: { ends: NOW + 5 * HOUR } });
    await expect.element(approvals().getByText(/is void: the window moved since/)).toBeVisible();
    await userEvent.keyboard('y');
    await expect.element(approvals().getByText(/is void/)).not.toBeInTheDocument();
    const own = trial.it.approvals.filter(({ person }) => person === me);
    expect(own).toMatchObject([{ state: 'approved', revision: 2 }]);
    expect(trial.acts).toMatchObject([{ verb: 'vote', vote: 'approved' }]);
  });

  test('go to somebody else who may vote, once', async () => {
    const trial = asked(board({ kind: 'any' }, [me]));
    await open(trial);
    await approvals().getByRole('button', { name: 'Hand over …' }).click();
    const box = approvals().getByRole('combobox', { name: 'Who votes for you' });
    await box.click();
    await box.fill(nameOf(bo));
    await page.getByRole('option', { name: nameOf(bo), exact: true }).click();
    await approvals().getByRole('button', { name: 'Hand over', exact: true }).click();
    await expect
      .poll(() => trial.it.approvals.map(({ person, state }) => [person, state]))
      .toEqual([
        [me, 'delegated'],
        [bo, 'requested'],
      ]);
    await expect.element(approvals().getByRole('group', { name: 'Your vote' })).not.toBeInTheDocument();
  });
});

describe('the steps and tasks of a change', () => {
  test('say what stands against the next step until it is mended', async () => {
    const trial = asked(board({ kind: 'any' }));
    await open(trial);
    const schedule = page.getByRole('button', { name: 'Schedule', exact: true });
    await expect.element(schedule).toBeDisabled();
    trial.vote(bo);
    await expect.element(schedule).toBeEnabled();
    await schedule.click();
    await expect.poll(() => trial.it.state).toBe('scheduled');
  });

  test('wait for those before them, and fail with a reason, after which the way back is offered, the last first', async () => {
    const trial = asked(board({ kind: 'any' })).vote(bo);
    trial.task(author, 'a', { title: 'Stop the relay', backout: 'Start it again' });
    carryOut(trial);
    await open(trial);
    await expect
      .element(task(2, 'Swap the disk').getByRole('button', { name: 'Start' }))
      .not.toBeInTheDocument();
    await task(1, 'Stop the relay').getByRole('button', { name: 'Done' }).click();
    await task(2, 'Swap the disk').getByRole('button', { name: 'Start' }).click();
    await task(2, 'Swap the disk').getByRole('button', { name: 'Done' }).click();
    await task(3, 'Start the relay').getByRole('button', { name: 'Failed' }).click();
    const dialog = page.getByRole('dialog', { name: '“Start the relay” has failed' });
    await expect.element(dialog.getByRole('button', { name: 'It has failed' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Why' }).fill('No answer');
    await dialog.getByRole('button', { name: 'It has failed' }).click();
    await tasks().getByRole('button', { name: 'Take back what was done' }).click();
    await expect.poll(() => trial.it.tasks.filter(({ kind }) => kind === 'backout').length).toBe(2);
    const [last, first] = trial.it.tasks.filter(({ kind }) => kind === 'backout');
    expect([last?.title, first?.title].join()).toMatch(
      /Swap the disk.*Stop the relay|Put the old disk back.*Start it again/,
    );
    expect(first?.after).toContain(last?.id);
    await expect
      .element(tasks().getByRole('button', { name: 'Take back what was done' }))
      .not.toBeInTheDocument();
  });

  test('are added with what they wait for and how they are taken back', async () => {
    const trial = emergency(board({ kind: 'any' }));
    await open(trial);
    await tasks().getByRole('button', { name: 'Add a task' }).click();
    const dialog = page.getByRole('dialog', { name: 'New task' });
    await dialog.getByRole('textbox', { name: 'What is done' }).fill('Stop the relay');
    await dialog.getByRole('textbox', { name: 'Planned minutes' }).fill('ten');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.element(dialog.getByText(/Say the minutes as a whole number/)).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Planned minutes' }).fill('10');
    await dialog.getByRole('textbox', { name: 'How it is taken back' }).fill('Start it again');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.element(tasks().getByText('Stop the relay')).toBeVisible();
    await expect.element(tasks().getByText('0 of 1 · 10 minutes planned')).toBeVisible();
    expect(trial.it.tasks[0]).toMatchObject({ plannedMinutes: 10, backout: 'Start it again', after: [] });
  });
});

/** The rest of the tasks, one after the other, and the change carried out. */
function carryOut(trial: ChangeTrial): void {
  trial.task(author, 'b', { title: 'Swap the disk', after: ['a'], backout: 'Put the old disk back' });
  trial.task(author, 'c', { title: 'Start the relay', after: ['b'] });
  for (const to of ['scheduled', 'implement'] as const) trial.as(author, { verb: 'step', to });
}
