import { recordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';
import type { Say } from '#lib/wording/say.ts';
import { changeMarkdown } from './change-markdown.ts';

const change = {
  ...{ number: 'CHG-2026-00001', title: 'More *memory*', state: 'scheduled', result: null, owner: null },
  ...{ begins: null, ends: null, risk: null, tasks: [], approvals: [] },
  items: [recordId('HOST'), recordId('GONE')],
} as unknown as ChangeRow;

test('[CFG-60] names the items that it touches, whose names stay text', () => {
  const words = changeMarkdown(change, 'Normal', [['test', 'Ping it']], {} as Say, (item) =>
    item === 'HOST' ? 'db_01_test' : null,
  );
  expect(words).toContain('# CHG-2026-00001 More \\*memory\\*');
  expect(words).toContain('- Touches: db\\_01\\_test, something else\n');
  expect(words).toContain('Ping it');
});
