import { NOTICE_NAME, inboxName, markInboxRead, readDirectory, writeAnnouncement } from '@muster/documents';
import type { Announcement, AnnouncementFields } from '@muster/domain/desk';
import { permissionsOf, personId } from '@muster/domain/shared';
import type { CommandEnvelope, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { PendingCommand } from '../connection/pending-command.ts';
import { Announcements } from './announcements.ts';

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
function device(role: Role) {
  const notice = new Y.Doc();
  const inbox = new Y.Doc();
  const commands: PendingCommand[] = [];
  const listeners = new Set<() => void>();
  const handle = (name: string, doc: Y.Doc) => ({ name, current: { doc }, onChange: () => () => undefined });
  type Options = ConstructorParameters<typeof Announcements>[0];
  const tell = () => listeners.forEach((listener) => listener());
  const announcements = new Announcements({
    actor: { id: personId('ana'), name: 'Ana', permissions: permissionsOf([role]), teams: [] },
    inbox: handle(inboxName(personId('ana')), inbox) as unknown as Options['inbox'],
    outbox: {
      get commands() {
        return commands;
      },
      submit: (envelope: CommandEnvelope) => {
        commands.push({ id: envelope.id, envelope, kept: true, applied: null, again: false });
        tell();
        return { kept: Promise.resolve('kept' as const), settled: new Promise<never>(() => undefined) };
      },
      finish: (ids) => {
        for (const id of ids)
          commands.splice(
            commands.findIndex((each) => each.id === id),
            1,
          );
        tell();
      },
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onAnswered: () => () => undefined,
    },
    directory: () => readDirectory(new Y.Doc()),
    knowsOrganisation: () => true,
    request: () => Promise.resolve({ announcements: [] }),
    now: () => NOW,
  });
  announcements.follow([handle(NOTICE_NAME, notice) as unknown as Options['inbox']]);
  const answer = (version: number) => {
    const [first, ...rest] = commands.splice(0);
    if (first === undefined) throw new Error('nothing waits');
    commands.push({ ...first, applied: { version, number: null, at: NOW } }, ...rest);
    tell();
  };
  return { announcements, notice, inbox, commands, answer };
}

describe('announcements on a device', () => {
  it('show what their author does without a network, by the server’s own rules', () => {
    const { announcements, commands } = device('team-lead');
    const { target } = announcements.create(FIELDS);
    announcements.run(target, { verb: 'step', to: 'scheduled' });
    expect(announcements.all).toMatchObject([{ id: target, state: 'scheduled', revision: 1, pending: 2 }]);
    expect(commands.map(({ envelope }) => envelope.type)).toEqual([
      'announcement.create',
      'announcement.step',
    ]);
  });

  it('refuse here what the server would refuse, and send nothing', async () => {
    const { announcements, commands } = device('requester');
    expect(await announcements.create(FIELDS).kept).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'desk/not-permitted' },
    });
    expect(commands).toEqual([]);
  });

  it('let an own act go when the notice shows what came of it, and keep it until then', () => {
    const { announcements, notice, commands, answer } = device('team-lead');
    const { target } = announcements.create(FIELDS);
    announcements.run(target, { verb: 'step', to: 'scheduled' });
    answer(1);
    answer(3);
    expect(announcements.all).toMatchObject([{ state: 'scheduled', pending: 1 }]);
    const [{ pending: _pending, ...shown } = { pending: 0 }] = announcements.all;
    writeAnnouncement(notice, shown as Announcement);
    expect(commands.filter(({ applied }) => applied !== null)).toEqual([]);
    expect(announcements.all).toMatchObject([{ id: target, state: 'scheduled', version: 3 }]);
  });

  it('send the version that the author saw, so that what others did since is not overwritten', () => {
    const there = device('team-lead');
    const { target } = there.announcements.create(FIELDS);
    there.announcements.run(target, { verb: 'step', to: 'scheduled' });
    const [row] = there.announcements.all;
    const { announcements, notice, commands } = device('team-lead');
    writeAnnouncement(notice, row as Announcement);
    const opened = announcements.basisOf(target);
    writeAnnouncement(notice, { ...(row as Announcement), version: opened + 1, title: 'Old doors' });
    announcements.run(target, { verb: 'edit', fields: { title: 'Newer doors' } }, opened);
    expect(commands.map(({ envelope }) => envelope.basis)).toEqual([opened]);
    expect(announcements.basisOf(target)).toBe(opened + 1);
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
