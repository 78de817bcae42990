import type { ProseNode } from '@muster/documents';
import { personId, recordId } from '@muster/domain/shared';
import type { MajorIncident } from '@muster/domain/shared';
import { describe, expect, it, vi } from 'vitest';
import { reviewMarkdown } from './review-markdown.ts';
import type { ReviewExport } from './review-markdown.ts';

const NOON = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;
const heading = (words: string): ProseNode => ({
  type: 'heading',
  attrs: { level: 2 },
  content: [{ type: 'text', text: words }],
});
const paragraph = (words: string): ProseNode => ({
  type: 'paragraph',
  content: [{ type: 'text', text: words }],
});

const major: MajorIncident = {
  state: 'accepted',
  severity: 2,
  since: NOON,
  proposedBy: personId('lea'),
  rule: null,
  reason: null,
  acceptedAt: NOON,
  endedAt: null,
  phases: [{ phase: 'triage', at: NOON }],
  roles: [{ role: 'commander', person: personId('lea'), since: NOON }],
  offer: null,
  reports: null,
  review: {
    state: 'draft',
    since: NOON + 2 * HOUR,
    reason: null,
    actions: [
      { id: recordId('A1'), text: 'Renew * in time', owner: personId('bo'), dueAt: NOON + 240 * HOUR },
    ],
  },
};

const given = (prose: readonly ProseNode[]): ReviewExport => ({
  title: 'INC-2026-00001 VPN is down',
  ticket: { createdAt: NOON, resolvedAt: NOON + HOUR, resolution: { code: 'fixed', notes: 'New one.' } },
  major,
  prose,
  timeline: ['- 12:00 it broke'],
  recordOf: () => 'REQ-2026-00007 (new)',
  world: {
    directory: {} as ReviewExport['world']['directory'],
    personName: (id) => (id === 'lea' ? 'Lea' : 'Bo'),
    reference: String,
  },
});

describe('the review as Markdown', () => {
  it('puts the timeline and the actions under their headings', () => {
    const markdown = reviewMarkdown(
      given([heading('Overview'), paragraph('All was down.'), heading('Timeline'), heading('Actions')]),
    );
    expect(markdown).toContain('# Review of INC-2026-00001 VPN is down\n');
    expect(markdown).toContain('- Resolved: 2026-06-01 13:00 UTC, after ');
    expect(markdown.slice(markdown.indexOf('## Overview'))).toBe(
      [
        '## Overview\n\nAll was down.',
        '## Timeline\n\n- 12:00 it broke',
        '## Actions\n\n- Renew \\* in time, Bo, due 2026-06-11: REQ-2026-00007 (new)\n',
      ].join('\n\n'),
    );
  });

  it('names the day that is due as it was chosen, west of Greenwich too', () => {
    vi.stubEnv('TZ', 'America/New_York');
    const [action] = major.review?.actions ?? [];
    if (action === undefined || major.review === null) throw new Error('no action');
    const dueAt = new Date(2026, 5, 12, 23, 59).getTime();
    const review = { ...major.review, actions: [{ ...action, dueAt }] };
    const markdown = reviewMarkdown({ ...given([heading('Actions')]), major: { ...major, review } });
    expect(markdown).toContain('due 2026-06-12');
    vi.unstubAllEnvs();
  });

  it('adds what has no heading any more at the end', () => {
    const markdown = reviewMarkdown(given([paragraph('Short.')]));
    expect(markdown.slice(markdown.indexOf('Short.'))).toBe(
      'Short.\n\n## Timeline\n\n- 12:00 it broke\n\n## Actions\n\n- Renew \\* in time, Bo, due 2026-06-11: REQ-2026-00007 (new)\n',
    );
  });
});
