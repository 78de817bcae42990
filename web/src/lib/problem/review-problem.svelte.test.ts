import type { Problem, ProblemAct } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Muster, TicketRow } from '#lib/live/muster.ts';
import type { LiveProblems } from '#lib/live/problem/live-problems.ts';
import { aProblem } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import ReviewProblem from './ReviewProblem.svelte';

const [INCIDENT, CHANGE, PROBLEM] = ['1', '2', '3'].map((end) =>
  recordId(`01P0000000000000000000000${end}`),
) as [RecordId, RecordId, RecordId];
const EVIDENCE = 'Watch how full the pool is';

const row = (readers: readonly string[] = []) =>
  ({
    ...{ id: INCIDENT, service: null, team: null, items: [], impact: 2, urgency: 2 },
    ...{ restrictedTo: null, readers },
  }) as unknown as TicketRow;

/** Says yes to everything, and keeps what it was asked. */
class YesProblems {
  readonly asked: ProblemAct[] = [];
  readonly all: readonly Problem[];
  readonly newId = () => PROBLEM;
  readonly gone: RecordId[] = [];

  constructor(all: readonly Problem[]) {
    this.all = all;
  }

  run(_: RecordId, act: ProblemAct) {
    this.asked.push(act);
    return { kept: Promise.resolve('kept' as const) };
  }
}

class ProblemsMuster extends ShellMuster {
  readonly #problems: YesProblems;

  constructor(problems: YesProblems) {
    super();
    this.#problems = problems;
  }

  override openProblems(): ReturnType<Muster['openProblems']> {
    return Promise.resolve(this.#problems as unknown as LiveProblems);
  }
}

async function open(given: object, there: readonly Problem[] = []): Promise<YesProblems> {
  const problems = new YesProblems(there);
  const muster = new ProblemsMuster(problems);
  const onopened = (id: RecordId) => void problems.gone.push(id);
  const all = { evidence: EVIDENCE, onopened, ...given };
  await render(ShellTrial, { muster, part: ReviewProblem, given: all });
  return problems;
}

test('[PRB-3] an action of a review becomes a problem that says which review asked for it', async () => {
  const problems = await open({ incident: row() });
  await page.getByRole('button', { name: `Open a problem of “${EVIDENCE}”` }).click();
  await expect.element(page.getByRole('textbox', { name: 'Title' })).toHaveValue(EVIDENCE);
  await page.getByRole('dialog').getByRole('button', { name: 'Open the problem' }).click();
  const origin = { kind: 'review', incident: INCIDENT, evidence: EVIDENCE };
  await expect.poll(() => problems.asked).toMatchObject([{ verb: 'create', origin, incidents: [] }]);
  expect(problems.gone).toEqual([PROBLEM]);
});

test('[PRB-15] the review of a change opens one that is about the change', async () => {
  const problems = await open({ change: CHANGE, incidents: [INCIDENT] });
  await page.getByRole('button', { name: `Open a problem of “${EVIDENCE}”` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open the problem' }).click();
  await expect
    .poll(() => problems.asked)
    .toMatchObject([
      { verb: 'create', origin: { kind: 'review', incident: null }, incidents: [INCIDENT] },
      { verb: 'link-change', change: CHANGE },
    ]);
});

test('what became a problem leads there, and is not offered again', async () => {
  const origin = { kind: 'review', incident: INCIDENT, evidence: EVIDENCE } as const;
  await open({ incident: row() }, [{ ...aProblem(PROBLEM), origin }]);
  await expect
    .element(page.getByRole('link', { name: 'PRB-2026-00003' }))
    .toHaveAttribute('href', `/problem/${PROBLEM}`);
  await expect.element(page.getByRole('button')).not.toBeInTheDocument();
});

test('[PRB-12] the review of an incident that few may know of leads to none', async () => {
  await open({ incident: row(['ana']) });
  await open({ evidence: 'Somebody else’s' });
  await expect.element(page.getByRole('button')).toHaveAccessibleName('Open a problem of “Somebody else’s”');
});
