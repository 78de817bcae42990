import type { Announcement } from '@muster/domain/desk';
import { personId, recordId, serviceId, teamId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAnnouncements, removeAnnouncement, writeAnnouncement } from './notice.ts';

const OUTAGE: Announcement = {
  id: recordId('a'),
  version: 4,
  revision: 1,
  revisedAt: 2,
  kind: 'outage',
  state: 'in_progress',
  title: 'Mail is down',
  message: 'We look into it.',
  services: [serviceId('mail')],
  public: true,
  beginsAt: null,
  endsAt: null,
  madeBy: personId('lea'),
  madeAt: 1,
  updatedAt: 3,
  publishedAt: 2,
  startedAt: 2,
  endedAt: null,
  updates: [{ number: 1, state: 'in_progress', message: '', at: 2 }],
  audience: [],
  told: [
    { revision: 1, notice: 'publication', at: 2, before: null },
    { revision: 1, notice: 'audience', at: 3, before: [] },
    { revision: 1, notice: 'audience', at: 4, before: [teamId('network')] },
  ],
};

describe('the notice', () => {
  test('[CFG-69] says nothing of items: everybody holds it', () => {
    const doc = new Y.Doc();
    writeAnnouncement(doc, { ...OUTAGE, items: [recordId('host-1')] });
    expect(readAnnouncements(doc).announcements).toEqual([OUTAGE]);
    expect(JSON.stringify(doc.toJSON())).not.toContain('host-1');
  });

  test('holds announcements as they are, newest first, until they are taken down', () => {
    const doc = new Y.Doc();
    const newer = { ...OUTAGE, id: recordId('b'), madeAt: 9, services: [], updates: [], told: [] };
    writeAnnouncement(doc, OUTAGE);
    writeAnnouncement(doc, newer);
    doc.getMap('announcements').set('c', 'junk');
    const { announcements, nonconforming } = readAnnouncements(doc);
    expect(announcements).toEqual([newer, OUTAGE]);
    expect(nonconforming).toHaveLength(1);
    removeAnnouncement(doc, newer.id);
    expect(readAnnouncements(doc).announcements).toEqual([OUTAGE]);
  });
});
