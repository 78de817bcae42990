import { writeKnowledgeRow } from '@muster/documents/knowledge';
import type { ConfigurationItem } from '@muster/domain/configuration';
import type { KnowledgeFields } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import type { LiveArticle } from '#lib/live/knowledge/live-known-errors.ts';
import type { Muster } from '#lib/live/muster.ts';
import { NOBODY, ana } from '#lib/live/test-support/a-change.ts';
import { anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import { aKnownError, aProblem, knownErrorsHere, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import KnownErrorScreen from './KnownErrorScreen.svelte';

const KNOWN = recordId('01K00000000000000000000001');
const PROBLEM = recordId('01P00000000000000000000002');

class ProblemsMuster extends ShellMuster {
  readonly #problems = problemsHere('agent', [aProblem(PROBLEM, [], { title: 'The gateway is full' })])
    .problems;

  override openProblems(): ReturnType<Muster['openProblems']> {
    return Promise.resolve(this.#problems);
  }
}

class ConfigurationMuster extends ShellMuster {
  readonly #live: ReturnType<typeof heldConfiguration>['live'];

  constructor(items: readonly ConfigurationItem[]) {
    super();
    this.#live = heldConfiguration(ana('agent'), NOBODY, items).live;
  }

  override openConfiguration(): ReturnType<Muster['openConfiguration']> {
    return Promise.resolve(this.#live);
  }
}

async function open(muster: ShellMuster, fields: Partial<KnowledgeFields> = { problem: PROBLEM }) {
  const { shown, ...here } = knownErrorsHere('agent', [aKnownError(KNOWN, fields)]);
  const article = shown.openArticle(KNOWN);
  vi.spyOn(shown, 'openArticle').mockReturnValue(article);
  await render(ShellTrial, { muster, part: KnownErrorScreen, given: { known: shown, id: KNOWN } });
  return { known: shown, article, ...here };
}

/** Writes a paragraph more into its text. */
function writeInto({ fragment }: LiveArticle, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  (fragment as Y.XmlFragment).push([paragraph]);
}

const CAUSE = 'The gateway forgets the tunnel';

test('[PRB-65] a known error names the problem that it is about, by its number and title', async () => {
  await open(new ProblemsMuster());
  const link = page.getByRole('link', { name: 'PRB-2026-00002 The gateway is full' });
  await expect.element(link).toHaveAttribute('href', `/problem/${PROBLEM}`);
});

test('[PRB-65] a known error leads to its problem where that is not on this device', async () => {
  await open(new ShellMuster());
  const link = page.getByRole('link', { name: 'The problem it is about' });
  await expect.element(link).toHaveAttribute('href', `/problem/${PROBLEM}`);
});

test('[PRB-55] whose words are replaced unread is told: a form sends what it found when it was opened', async () => {
  const { known, board, acts } = await open(new ShellMuster());
  const basis = known.basisOf(KNOWN);
  await page.getByRole('button', { name: 'Change the fields' }).click();
  const theirs = aKnownError(KNOWN, {
    problem: PROBLEM,
    symptom: 'It closes',
    workaround: 'Use the other one',
  });
  writeKnowledgeRow(board, { ...theirs, version: basis + 1 });
  expect(known.basisOf(KNOWN)).toBe(basis + 1);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Cause' }).fill(CAUSE);
  await dialog.getByRole('button', { name: 'Change' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(acts.commands.map(({ envelope }) => [envelope.args, envelope.basis])).toEqual([
    [{ fields: { cause: CAUSE } }, basis],
  ]);
});

test('the items that a known error is about lead to their pages, by the names that they have', async () => {
  const gateway = recordId('01H00000000000000000000009');
  const host = anItem(recordId('01H00000000000000000000001'), 'vpn-gateway-02', 'server');
  await open(new ConfigurationMuster([host]), { items: [host.id, gateway] });
  const items = page.getByRole('list', { name: 'Items' });
  const link = items.getByRole('link', { name: 'vpn-gateway-02' });
  await expect.element(link).toHaveAttribute('href', `/configuration/${host.id}`);
  // one that is not here leads there all the same
  await expect.element(items.getByRole('link').nth(1)).toHaveAttribute('href', `/configuration/${gateway}`);
});

test('[PRB-80] asks before a draft goes, and drops what was read when it was asked', async () => {
  const { known, article, acts, board } = await open(new ShellMuster());
  writeKnowledgeRow(board, { ...aKnownError(KNOWN, {}), version: 3, draft: 'draft' });
  writeInto(article, 'Connect to the other gateway.');
  const [basis, text] = [known.basisOf(KNOWN), article.digest];
  await page.getByRole('button', { name: 'Drop the draft' }).click();
  // what comes while the question stands there was not read
  writeInto(article, 'And tell the network team.');
  expect([text, article.digest]).not.toContain(null);
  expect(article.digest).not.toBe(text);
  expect(acts.commands).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Drop the draft' }).click();
  await expect
    .poll(() => acts.commands.map(({ envelope }) => [envelope.type, envelope.args, envelope.basis]))
    .toEqual([['known-error.discard', { text }, basis]]);
});
