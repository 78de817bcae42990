import type { ApprovalPolicy, MeetingAct } from '@muster/domain/change';
import type { PersonId, ServiceId } from '@muster/domain/shared';
import { recordId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { NOW, makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { ChangeTrial, HOUR } from '../test-support/change-trial.svelte.ts';
import { MeetingTrial } from '../test-support/meeting-trial.svelte.ts';
import MeetingPage from './MeetingPage.svelte';

const directory = makeDirectory();
const [me, chair, author] = [...directory.people.keys()] as [PersonId, PersonId, PersonId];
const [service] = [...directory.services.keys()] as [ServiceId];
const nameOf = (person: PersonId) => directory.people.get(person)?.name ?? '';

/** A change of somebody else that both are asked about. */
function change(place: number, title: string): ChangeTrial {
  const policy: ApprovalPolicy = {
    ...{
      id: 'board',
      version: 1,
      name: 'Board',
      when: {},
      delegates: null,
      withinMs: null,
      ownMayVote: false,
    },
    stage: 'board',
    rule: { kind: 'all' },
    approvers: [me, chair].map((person) => ({ kind: 'person', person, weight: 1 })),
  };
  const window = { begins: NOW + place * HOUR, ends: NOW + (place + 1) * HOUR };
  const fields = { title, items: [service], ...window };
  return new ChangeTrial(directory, me, { policies: [policy] }, recordId(`01C0000000000000000000000${place}`))
    .as(author, { verb: 'create', model: 'emergency', fields, owner: author })
    .as(author, { verb: 'step', to: 'authorize' });
}

function meeting() {
  const [relay, disk] = [change(1, 'Replace the relay'), change(2, 'Swap the disk')] as const;
  const trial = new MeetingTrial(directory, me, { chairs: [me, chair], members: [] }, [relay, disk]);
  return { relay, disk, trial };
}

async function open(trial: MeetingTrial) {
  const permissions = ['change.read', 'change.approve'] as const;
  const muster = new ShellMuster({ directory, permissions });
  muster.openChanges = () => Promise.resolve(trial.changes);
  muster.openMeetings = () => Promise.resolve(trial);
  muster.roomsAreHere = true;
  await render(ShellTrial, { muster, part: MeetingPage, given: { id: trial.id } });
  return muster;
}

const item = (title: string) => page.getByRole('heading', { level: 2, name: title });
const listed = (title: string) => page.getByRole('region', { name: 'Agenda' }).getByText(title);

beforeEach(() => page.viewport(1300, 1000));

describe('a meeting that somebody else chairs', () => {
  test('[CHG-95] shows what everybody looks at, lets a member look elsewhere, and brings them back', async () => {
    const { relay, disk, trial } = meeting();
    await open(trial.opened(chair));
    await expect.element(page.getByText('Nothing is shown to everybody just now')).toBeVisible();
    trial.as(chair, { verb: 'show-item', change: relay.id, from: null });
    await expect.element(item('Replace the relay')).toBeVisible();
    await userEvent.keyboard('j');
    await expect.element(item('Swap the disk')).toBeVisible();
    await expect.element(page.getByText(/Everybody looks at .* Replace the relay/)).toBeVisible();
    await page.getByRole('button', { name: 'Back to the current item' }).click();
    await expect.element(item('Replace the relay')).toBeVisible();
    trial.as(chair, { verb: 'show-item', change: disk.id, from: relay.id });
    await expect.element(item('Swap the disk')).toBeVisible();
    await expect.element(page.getByRole('group', { name: 'Decision' })).not.toBeInTheDocument();
  });

  test('[CHG-97] is voted in on the change itself', async () => {
    const { relay, trial } = meeting();
    await open(trial.opened(chair).as(chair, { verb: 'show-item', change: relay.id, from: null }));
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.poll(() => relay.it.approvals.find(({ person }) => person === me)?.state).toBe('approved');
  });

  test('[CHG-99] [CHG-100] is joined and left, and its chair is taken with a word of warning', async () => {
    const { trial } = meeting();
    await open(trial.opened(chair));
    const people = page.getByRole('region', { name: 'Who is there' });
    await people.getByRole('button', { name: 'Join' }).click();
    await expect.element(people.getByText(`${nameOf(me)} (you)`)).toBeVisible();
    await people.getByRole('button', { name: 'Take the chair …' }).click();
    const warned = page.getByRole('dialog', { name: 'Take the chair' });
    await expect.element(warned.getByText(`${nameOf(chair)} has it now`, { exact: false })).toBeVisible();
    await warned.getByRole('button', { name: 'Take the chair' }).click();
    await expect.element(page.getByText('You have the chair')).toBeVisible();
    expect(trial.it.chair).toBe(me);
  });
});

describe('a meeting in my chair', () => {
  test('[CHG-95] [CHG-97] goes on by a key, and notes what votes allow with a reason where it is deferred', async () => {
    const { relay, disk, trial } = meeting();
    await open(trial.opened(me));
    await expect.element(page.getByRole('button', { name: 'Show the first' })).toBeVisible();
    await userEvent.keyboard('n');
    await expect.element(item('Replace the relay')).toBeVisible();
    await userEvent.keyboard('n');
    await expect.element(item('Swap the disk')).toBeVisible();
    const decision = page.getByRole('group', { name: 'Decision' });
    await decision.getByRole('button', { name: 'Note as deferred' }).click();
    await expect.element(page.getByRole('alert').getByText(/Say why it is deferred/)).toBeVisible();
    await decision.getByLabelText('Note for the minutes').fill('No way back yet');
    await decision.getByRole('button', { name: 'Note as deferred' }).click();
    await expect.poll(() => trial.it.current).toBe(relay.id);
    expect(trial.it.agenda.find((each) => each.change === disk.id)?.decision).toMatchObject({
      verdict: 'deferred',
      note: 'No way back yet',
    });
  });

  test('[CHG-97] keeps the words for the minutes where the server says that the change is another one since', async () => {
    const { relay, trial } = meeting();
    await open(trial.opened(me).as(me, { verb: 'show-item', change: relay.id, from: null }));
    const { revision } = relay.it;
    const refusal = {
      code: 'change/item-revised',
      read: revision,
      revision: revision + 1,
      state: 'authorize',
    };
    const sent: MeetingAct[] = [];
    trial.run = (target, act) => {
      sent.push(act);
      const settled = Promise.resolve({ outcome: 'refused' as const, refusal });
      return { id: 'm', target, kept: Promise.resolve('kept' as const), settled };
    };
    const decision = page.getByRole('group', { name: 'Decision' });
    const words = decision.getByLabelText('Note for the minutes');
    await words.fill('On Sunday');
    await decision.getByRole('button', { name: 'Note as approved' }).click();
    await expect.element(page.getByRole('alert').getByText(/It moved while it was before you/)).toBeVisible();
    expect(sent).toMatchObject([{ verb: 'decide-item', change: relay.id, revision, note: 'On Sunday' }]);
    await expect.element(words).toHaveValue('On Sunday');
  });

  test('[CHG-94] has its agenda ordered, and what is before everybody stays on it', async () => {
    const { relay, disk, trial } = meeting();
    await open(trial.opened(me).as(me, { verb: 'show-item', change: relay.id, from: null }));
    await expect.element(page.getByRole('button', { name: /^Off the agenda: .*relay/ })).toBeDisabled();
    await listed('Swap the disk').click();
    await page.getByRole('button', { name: /^Up: .*disk/ }).click();
    await expect.poll(() => trial.it.agenda.map(({ change: id }) => id)).toEqual([disk.id, relay.id]);
    await page.getByRole('button', { name: /^Off the agenda: .*disk/ }).click();
    await expect.element(listed('Swap the disk')).not.toBeInTheDocument();
  });

  test('[CHG-96] says how much of its time a change has had', async () => {
    const { relay, trial } = meeting();
    trial.opened(me).wait(-12).as(me, { verb: 'show-item', change: relay.id, from: null });
    await open(trial);
    await expect.element(page.getByRole('timer').getByText('2 min over 10 min')).toBeVisible();
  });

  test('[CHG-100] [CHG-104] has minutes that keep what it was called, and say who was not there', async () => {
    const { relay, trial } = meeting();
    trial.opened(me).as(me, { verb: 'close' });
    relay.as(author, { verb: 'edit', fields: { title: 'Another relay' } });
    trial.board = { ...trial.board, name: 'Another board' };
    await open(trial);
    await expect.element(page.getByRole('heading', { level: 1, name: /^Weekly board/ })).toBeVisible();
    const minutes = page.getByRole('region', { name: 'Minutes' });
    await expect.element(minutes.getByText(/Replace the relay$/)).toBeVisible();
    await expect.element(page.getByText(`Not there: ${nameOf(chair)}`, { exact: true })).toBeVisible();
  });

  test('[CHG-98] [CHG-100] is closed into minutes that say what was decided, by which votes, and who was there', async () => {
    const { relay, trial } = meeting();
    relay.vote(chair);
    trial.opened(me).as(chair, { verb: 'join' }).as(me, {
      verb: 'decide-item',
      change: relay.id,
      revision: relay.it.revision,
      verdict: 'approved',
      note: 'On Sunday',
    });
    await open(trial);
    await page.getByRole('button', { name: 'Close …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close it' }).click();
    const minutes = page.getByRole('region', { name: 'Minutes' });
    await expect.element(minutes.getByText('Approved')).toBeVisible();
    await expect.element(minutes.getByText('On Sunday')).toBeVisible();
    await expect.element(minutes.getByText(`${nameOf(chair)}: approved, “Read”`)).toBeVisible();
    await expect.element(minutes.getByText('Not come to: taken over to the next meeting')).toBeVisible();
    await expect.element(page.getByText(/^Not there: /)).not.toBeInTheDocument();
    await expect
      .element(page.getByRole('list', { name: 'Attendance' }).getByText(nameOf(chair), { exact: false }))
      .toBeVisible();
  });
});
