/** What happens to announcements because time passes: run as the system, by the same commands that people use. */
import { dueByClock } from '@muster/domain/desk';
import type { Announcement, AnnouncementAct } from '@muster/domain/desk';
import type { CommandEnvelope } from '@muster/domain/shared';
import { announcementOf } from '../commands/announcements.ts';
import { derivedCommandId } from '../commands/derived-id.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 10_000;
/** Begin, end and a reminder of one announcement may be due together after the server stood still. */
const MOST_ROUNDS = 4;

/** Looks every ten seconds. Nothing waits in memory: after a restart what fell due meanwhile is done. */
export function startAnnouncementClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  return startClock({
    everyMs: EVERY_MS,
    tick: (now) => commands.runWhile(() => dueCommands(store, now), MOST_ROUNDS),
    log,
    words: {
      done: 'announcements went on because their time had come',
      failed: 'the clock of announcements failed and tries again',
    },
  });
}

async function dueCommands(store: Store, now: number): Promise<readonly CommandEnvelope[]> {
  const rows = await store.reader
    .selectFrom('announcement')
    .select('data')
    .where('state', 'in', ['scheduled', 'in_progress', 'verifying'])
    .orderBy('id')
    .execute();
  return rows.map(announcementOf).flatMap((announcement) => {
    const act = dueByClock(announcement, now);
    return act === null ? [] : [commandFor(announcement, act, now)];
  });
}

/** Its id comes of the announcement's version, so that one that ran already changes nothing a second time. */
function commandFor(
  { id, version }: Announcement,
  { verb, ...args }: AnnouncementAct,
  now: number,
): CommandEnvelope {
  return {
    id: derivedCommandId(`announcement:${verb}:${id}:${version}`, 0),
    type: `announcement.${verb}`,
    target: id,
    args,
    basis: version,
    clientAt: now,
  };
}
