import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import RecordStage from '../test-support/RecordStage.svelte';
import { makeRow } from '../test-support/tickets.ts';

test('a description that has not come yet is said to be on its way, not to be none', async () => {
  const row = makeRow(0);
  await render(RecordStage, { muster: new FixtureMuster({ rows: [row] }), id: row.id });
  await expect.element(page.getByText('The description is on its way')).toBeInTheDocument();
  await expect.element(page.getByText('No description.')).not.toBeInTheDocument();
});
