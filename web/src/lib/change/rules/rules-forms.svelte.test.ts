import { DEFAULT_RISK, NORMAL } from '@muster/domain/change';
import type { ChangeModel, RiskSettings } from '@muster/domain/change';
import type { PersonId } from '@muster/domain/shared';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { NOW, makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { ChangeTrial, HOUR } from '../test-support/change-trial.svelte.ts';
import ModelForm from './models/ModelForm.svelte';
import RiskForm from './risk/RiskForm.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];

interface Sent {
  readonly path: string;
  readonly body: { readonly basis: number; readonly settings?: RiskSettings; readonly rule?: ChangeModel };
}

function standIn() {
  const sent: Sent[] = [];
  const request = vi.fn((path: string, options: { readonly body?: unknown } = {}) => {
    sent.push({ path, body: options.body as Sent['body'] });
    return Promise.resolve({});
  });
  return { sent, api: { request } };
}

/** One change that was judged: its likelihood and impact decide that it is of medium risk. */
class Judged extends ChangeTrial {
  #risk = $state.raw<RiskSettings>(DEFAULT_RISK);

  constructor() {
    super(directory, me);
    const stands = this.rules;
    const risk = () => this.#risk;
    Object.defineProperty(this, 'rules', { get: () => ({ ...stands, risk: risk() }) });
    const fields = { title: 'Replace the relay', items: [], begins: NOW, ends: NOW + HOUR };
    this.as(me, { verb: 'create', model: 'normal', fields, owner: me });
    const answers = { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' };
    this.as(me, { verb: 'assess', input: { answers, likelihood: 2, impact: 3 } });
  }

  /** What somebody else saves. */
  save(risk: RiskSettings) {
    this.#risk = risk;
  }
}

async function openRisk() {
  const changes = new Judged();
  const { sent, api } = standIn();
  const onclose = vi.fn<() => void>();
  const muster = new ShellMuster();
  await render(ShellTrial, { muster, api: api as never, part: RiskForm, given: { changes, onclose } });
  return { changes, sent, onclose };
}

const save = page.getByRole('button', { name: 'Save', exact: true });

test('[CHG-19] [CHG-21] shows what a painted grid makes of a change, and saves it over what was seen', async () => {
  const { sent, onclose } = await openRisk();
  await expect.element(page.getByText(/^It would be: Medium, by “Likelihood and impact”/)).toBeVisible();
  await page.getByLabelText('Paint fields with').selectOptions('Low');
  await page.getByRole('button', { name: 'Likelihood 2, impact 3: Medium' }).click();
  await expect.element(page.getByLabelText('Low up to')).toHaveValue('6');
  await expect.element(page.getByText(/It would be: Low.* Now it is: Medium/)).toBeVisible();
  await save.click();
  await expect.poll(() => onclose.mock.calls.length).toBe(1);
  expect(sent).toMatchObject([{ path: '/api/change/risk', body: { basis: DEFAULT_RISK.version } }]);
  expect(sent[0]?.body.settings?.matrix.bounds[0]).toEqual({ upTo: 6, level: 'low' });
  const { version: _version, matrix: _matrix, ...others } = DEFAULT_RISK;
  expect(sent[0]?.body.settings).toMatchObject(others);
});

test('[CHG-66] names what does not hold together at its field, and sends nothing until it does', async () => {
  const { sent } = await openRisk();
  await page.getByRole('button', { name: 'Add a question' }).click();
  const question = page.getByRole('group', { name: 'Question 5' });
  await question.getByLabelText('Weight').fill('much');
  await save.click();
  await expect.element(question.getByLabelText('Question', { exact: true })).toBeInvalid();
  await expect.element(question.getByLabelText('Weight')).toBeInvalid();
  await expect.element(page.getByText(/places below must be mended/)).toBeVisible();
  expect(sent).toEqual([]);
  await question.getByLabelText('Question', { exact: true }).fill('Is it a Friday?');
  await question.getByLabelText('Weight').fill('2');
  await question.getByLabelText('Answer 1', { exact: true }).fill('No');
  await question.getByLabelText('Points of answer 1').fill('0');
  await question.getByLabelText('Answer 2', { exact: true }).fill('Yes');
  await question.getByLabelText('Points of answer 2').fill('1,5');
  await expect.element(page.getByText(/would have to be judged anew/)).toBeVisible();
  await save.click();
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]?.body.settings?.questionnaire.questions.at(-1)).toMatchObject({
    ...{ words: 'Is it a Friday?', weight: 2 },
    answers: [
      { words: 'No', score: 0 },
      { words: 'Yes', score: 1.5 },
    ],
  });
});

test('[CHG-21] does not put settings over those that somebody else has saved meanwhile', async () => {
  const { changes, sent } = await openRisk();
  await page.getByLabelText('Changes at least').fill('7');
  changes.save({ ...DEFAULT_RISK, version: 2, history: { ...DEFAULT_RISK.history, least: 5 } });
  await expect.element(page.getByText(/Somebody has saved other settings/)).toBeVisible();
  await expect.element(save).toBeDisabled();
  await page.getByRole('button', { name: 'Start again from what stands' }).click();
  await expect.element(page.getByLabelText('Changes at least')).toHaveValue('5');
  await save.click();
  await expect.poll(() => sent.at(0)?.body.basis).toBe(2);
});

async function openModel() {
  const { sent, api } = standIn();
  const onclose = vi.fn<() => void>();
  const muster = new ShellMuster();
  const given = { model: NORMAL, onclose };
  await render(ShellTrial, { muster, api: api as never, part: ModelForm, given });
  return { sent, onclose };
}

const saveModel = page.getByRole('button', { name: 'Save the model' });

test('[CHG-54] says why a model may not go past approval, and saves what its ways are', async () => {
  const { sent } = await openModel();
  const step = page.getByRole('group', { name: 'To be approved → Scheduled needs' });
  const board = step.getByLabelText('approval by the policies of the board');
  const technical = step.getByLabelText('approval by the technical policies');
  await board.click();
  await technical.click();
  await expect.element(page.getByText(/Scheduled goes past approval/)).toBeVisible();
  await expect.element(saveModel).toBeDisabled();
  await board.click();
  await expect.element(page.getByText(/goes past approval/)).not.toBeInTheDocument();
  await page.getByRole('group', { name: 'Ways back' }).getByLabelText('Assessed → New').click();
  await page.getByLabelText('Name').fill('Planned');
  await saveModel.click();
  await expect.poll(() => sent.length).toBe(1);
  expect(sent).toMatchObject([{ path: '/api/change/models/normal', body: { basis: NORMAL.version } }]);
  const rule = sent[0]?.body.rule;
  expect(rule?.name).toBe('Planned');
  expect(rule?.steps.find(({ to }) => to === 'scheduled')?.stages).toEqual(['board']);
  expect(rule?.steps).not.toContainEqual(expect.objectContaining({ from: 'assess', to: 'new' }));
  expect(rule?.states).toEqual(NORMAL.states);
});

test('[CHG-54] takes a model as text, and names what is none and what may not be used', async () => {
  await openModel();
  await page.getByText('The whole model as text').click();
  const text = page.getByLabelText('Model as JSON');
  await text.fill('{"name": "Odd"}');
  await page.getByRole('button', { name: 'Take the text over' }).click();
  await expect.element(page.getByText(/states must be an object/)).toBeVisible();
  const { id: _id, version: _version, ...rule } = NORMAL;
  await text.fill(JSON.stringify({ ...rule, initial: 'scheduled', name: 'Hasty' }));
  await page.getByRole('button', { name: 'Take the text over' }).click();
  await expect.element(page.getByLabelText('Name')).toHaveValue('Hasty');
  await expect.element(page.getByText(/comes to “Scheduled” without a look at approvals/)).toBeVisible();
  await expect.element(saveModel).toBeDisabled();
});
