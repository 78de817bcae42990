import { markInboxRead, readDirectory, writeAnnouncement } from '@muster/documents';
import type { Announcement, AnnouncementFields } from '@muster/domain/desk';
import { permissionsOf, personId, recordId } from '@muster/domain/shared';
import type { Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Announcements } from './announcements.ts';
import { heldHere } from './test-support/held-here.ts';
import { KeptActs } from './test-support/kept-acts.ts';

const NOW = 1_780_000_000_000;
const HOUR = 3_600_000;

const FIELDS: AnnouncementFields = {
  kind: 'planned-outage',
  title: 'New doors',
  message: '',
  services: [],
  beginsAt: NOW + HOUR,
  endsAt: NOW + 2 * HOUR,
  public: false,
  audience: [],
};

/** A device with the notice and an inbox, and an outbox that nobody empties. */
function device(role: Role, served: () => readonly Announcement[] = () => []) {
  const notice = new Y.Doc();
  const inbox = new Y.Doc();
  const acts = new KeptActs();
  const announcements = new Announcements({
    actor: { id: personId('ana'), name: 'Ana', permissions: permissionsOf([role]), teams: [] },
    inbox: heldHere(inbox),
    outbox: acts,
    directory: () => readDirectory(new Y.Doc()),
    knowsOrganisation: () => true,
    request: () => Promise.resolve({ announcements: served() }),
    now: () => NOW,
    deviceNow: () => NOW,
  });
  announcements.follow([heldHere(notice)]);
  const answer = (version: number) => acts.answer({ version, at: NOW });
  return { announcements, notice, inbox, acts, answer };
}

describe('announcements on a device', () => {
  it('show what their author does without a network, by the server’s own rules', () => {
    const { announcements, acts } = device('team-lead');
    const { target } = announcements.create(FIELDS);
    expect(announcements.itemsOf(target)).toEqual([]);
    announcements.run(target, { verb: 'step', to: 'scheduled' });
    expect(announcements.all).toMatchObject([{ id: target, state: 'scheduled', revision: 1, pending: 2 }]);
    expect(acts.types).toEqual(['announcement.create', 'announcement.step']);
  });

  it('refuse here what the server would refuse, and send nothing', async () => {
    const { announcements, acts } = device('requester');
    expect(await announcements.create(FIELDS).kept).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'desk/not-permitted' },
    });
    expect(acts.commands).toEqual([]);
  });

  it('let an own act go when the notice shows what came of it, and keep it until then', () => {
    const { announcements, notice, acts, answer } = device('team-lead');
    const { target } = announcements.create(FIELDS);
    announcements.run(target, { verb: 'step', to: 'scheduled' });
    answer(1);
    answer(3);
    expect(announcements.all).toMatchObject([{ state: 'scheduled', pending: 0 }]);
    const [{ pending: _pending, ...shown } = { pending: 0 }] = announcements.all;
    writeAnnouncement(notice, shown as Announcement);
    expect(acts.commands.filter(({ applied }) => applied !== null)).toEqual([]);
    expect(announcements.all).toMatchObject([{ id: target, state: 'scheduled', version: 3 }]);
  });

  it('send the version that the author saw, so that what others did since is not overwritten', () => {
    const there = device('team-lead');
    const { target } = there.announcements.create(FIELDS);
    there.announcements.run(target, { verb: 'step', to: 'scheduled' });
    const [row] = there.announcements.all;
    const { announcements, notice, acts } = device('team-lead');
    writeAnnouncement(notice, row as Announcement);
    const opened = announcements.basisOf(target);
    writeAnnouncement(notice, { ...(row as Announcement), version: opened + 1, title: 'Old doors' });
    announcements.run(target, { verb: 'edit', fields: { title: 'Newer doors' } }, opened);
    expect(acts.commands.map(({ envelope }) => envelope.basis)).toEqual([opened]);
    expect(announcements.basisOf(target)).toBe(opened + 1);
  });

  it('[CFG-69] are shown with their items to who reads the configuration, as last asked for', async () => {
    const there = device('team-lead');
    const { target } = there.announcements.create(FIELDS);
    there.announcements.run(target, { verb: 'step', to: 'scheduled' });
    const [{ pending: _pending, ...row } = { pending: 0 }] = there.announcements.all;
    const [host, feed] = [recordId('host'), recordId('feed')];
    let whole = { ...(row as Announcement), items: [host] };
    const { announcements, notice } = device('agent', () => [whole]);
    writeAnnouncement(notice, whole);
    expect(announcements.all[0]?.items).toBeUndefined();
    expect(announcements.itemsOf(target)).toBeNull();
    await announcements.refresh();
    expect(announcements.all).toMatchObject([{ id: target, items: [host] }]);
    expect(announcements.itemsOf(target)).toEqual([host]);
    whole = { ...whole, version: whole.version + 1, items: [feed] };
    writeAnnouncement(notice, whole);
    expect(announcements.itemsOf(target)).toBeNull();
    await expect.poll(() => announcements.all[0]?.items).toEqual([feed]);
    expect(announcements.itemsOf(target)).toEqual([feed]);
    const requester = device('requester', () => [whole]);
    writeAnnouncement(requester.notice, whole);
    await requester.announcements.refresh();
    expect(requester.announcements.all[0]?.items).toBeUndefined();
  });

  it('are read at once here, and where another device said so', () => {
    const there = device('team-lead');
    const { target } = there.announcements.create(FIELDS);
    there.announcements.run(target, { verb: 'step', to: 'scheduled' });
    const [row] = there.announcements.all;
    const { announcements, notice, inbox } = device('requester');
    writeAnnouncement(notice, row as Announcement);
    announcements.run(target, { verb: 'acknowledge', revision: 1 });
    expect([...announcements.read]).toEqual([`announcement:${target}:1`]);
    markInboxRead(inbox, ['announcement:other:2'], NOW);
    expect(announcements.read.has('announcement:other:2')).toBe(true);
  });
});
