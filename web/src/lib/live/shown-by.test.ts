import { commandId, recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Announcements } from './announcements.ts';
import { Changes } from './change/changes.ts';
import { Problems } from './problem/problems.ts';
import { Configuration } from './configuration/configuration.ts';
import { KnownErrors } from './knowledge/known-errors.ts';
import { Meetings } from './meeting/meetings.ts';
import { Releases } from './release/releases.ts';
import { Schedules } from './schedules.ts';
import { SHOWN_BY, shownBy } from './shown-by.ts';
import type { ShowingPart } from './shown-by.ts';
import { NOBODY, NOW, ana } from './test-support/a-change.ts';
import { heldHere } from './test-support/held-here.ts';
import { KeptActs } from './test-support/kept-acts.ts';

/** What every part takes. */
function around(outbox: KeptActs) {
  return {
    outbox,
    actor: ana('agent'),
    shelf: { open: () => heldHere(new Y.Doc()), retryForbidden: () => undefined },
    directory: () => NOBODY,
    knowsOrganisation: () => true,
    ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
  };
}

const PARTS: Readonly<
  Record<Exclude<ShowingPart, 'tickets'>, (options: ReturnType<typeof around>) => { close(): void }>
> = {
  announcements: (options) => {
    const request = () => Promise.resolve({ announcements: [] });
    return new Announcements({ ...options, inbox: heldHere(new Y.Doc()), request });
  },
  configuration: (options) => new Configuration(options),
  schedules: (options) => new Schedules(options),
  changes: (options) => new Changes(options),
  releases: (options) => new Releases({ ...options, changes: () => null }),
  problems: (options) => new Problems({ ...options, mayReadIncident: () => true, isOpen: () => true }),
  knownErrors: (options) =>
    new KnownErrors({
      ...{ ...options, mayReadTicket: () => true, isItem: () => true, isProblem: () => true },
      stayingOf: (id) => id,
    }),
  meetings: (options) => new Meetings({ ...options, changes: () => new Changes(options) }),
};

describe('what shows an own act', () => {
  it.each([...SHOWN_BY])(
    'acts `%s.…` leave the outbox by the part that is said to show them, %s',
    (kind, part) => {
      const acts = new KeptActs();
      const type = `${kind}.edit`;
      const target = recordId('01R00000000000000000000001');
      acts.submit({ id: commandId('1'), type, target, args: {}, basis: 0, clientAt: 0 });
      acts.answer({ version: 1, at: NOW - 60_000 });
      const opened = PARTS[part](around(acts));
      acts.tell();
      expect(acts.commands).toEqual([]);
      opened.close();
    },
  );

  it('is the tickets for all that has no other home', () => {
    const types = ['incident.reply', 'desk.create', 'inbox.read', 'change-of-no-kind.edit'];
    expect(types.map((type) => shownBy({ type }))).toEqual(types.map(() => 'tickets'));
  });
});
