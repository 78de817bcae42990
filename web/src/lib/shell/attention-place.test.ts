import { recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { AttentionItem } from '#lib/live/muster.ts';
import { attentionPlace } from './attention-place.ts';

const item = (more: Partial<AttentionItem>): AttentionItem => ({
  ...{ id: 'a', at: 0, kind: 'replaced', record: recordId('R'), process: null, act: null },
  ...{ detail: {}, kept: null },
  ...more,
});

describe('where what asks for attention is', () => {
  it.each([
    ['problem', {}, '/problem/R'],
    ['problem', { in: 'known-error' }, '/problem/knowledge/R'],
    ['configuration', {}, '/configuration/R'],
    ['change', {}, '/change/R'],
    ['release', {}, '/release/R'],
    ['incident', {}, undefined],
    [null, {}, undefined],
  ] as const)('goes by the process: %s %o', (process, detail, href) => {
    expect(attentionPlace(item({ process, detail }))?.href).toBe(href);
  });

  it('goes by the act where one was tried', () => {
    const problem = { verb: 'edit', fields: { title: 'A' } } as const;
    expect(attentionPlace(item({ kind: 'refused', problem }))?.href).toBe('/problem/R');
    expect(attentionPlace(item({ kind: 'refused', relation: { verb: 'remove' } }))?.href).toBe(
      '/configuration',
    );
  });
});
