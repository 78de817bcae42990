import { expect, it } from 'vitest';
import { ownDrafts } from './own-drafts.ts';

it('lists unsent replies, notes and new records, the newest first, and nothing empty', () => {
  const found = ownDrafts([
    { id: 'reply:R1', text: 'We are\nlooking into it', updatedAt: 10 },
    { id: 'note:R1', text: '  ', updatedAt: 40 },
    { id: 'note:R2', text: 'Ask the vendor', updatedAt: 30 },
    { id: 'new:N1', text: 'process: incident\ntitle: No Wi-Fi\nservice: \n\nSince nine.', updatedAt: 20 },
    { id: 'report-needs:R1', text: 'A decision', updatedAt: 5 },
    { id: 'report-conditions:R1', text: 'All is dark', updatedAt: 6 },
    { id: 'cause:P1', text: 'Old firmware', updatedAt: 4 },
    { id: 'new:N2', text: 'process: desk\ntitle: \n\n', updatedAt: 50 },
  ]);
  expect(found.map(({ what, words, href }) => [what, words, href])).toEqual([
    ['Unsent note', 'Ask the vendor', '/record/R2'],
    ['New incident', 'No Wi-Fi', '/new?process=incident&draft=new%3AN1'],
    ['Unsent reply', 'We are looking into it', '/record/R1'],
    ['Unsent status report', 'All is dark', '/record/R1'],
    ['Unsent cause', 'Old firmware', '/problem/P1'],
  ]);
});
