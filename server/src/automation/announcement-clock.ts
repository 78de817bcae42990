/** What happens to announcements because time passes: run as the system, by the same commands that people use. */
import { dueByClock } from '@muster/domain/desk';
import type { Announcement, AnnouncementAct } from '@muster/domain/desk';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import { announcementOf } from '../commands/announcements.ts';
import { derivedCommandId } from '../commands/derived-id.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';

const EVERY_MS = 10_000;
/** Begin, end and a reminder of one announcement may be due together after the server stood still. */
const MOST_ROUNDS = 4;

export interface AnnouncementClock {
  /** Does what is due at `now`; the number of acts done. */
  tick(now: number): Promise<number>;
  stop(): void;
}

/** Looks every ten seconds. Nothing waits in memory: after a restart what fell due meanwhile is done. */
export function startAnnouncementClock(store: Store, log: Logger): AnnouncementClock {
  let ticking = false;
  const tick = async (now: number): Promise<number> => {
    let done = 0;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const commands = await dueCommands(store, now);
      if (commands.length === 0) break;
      const outcomes = await store.commands.run(commands, SYSTEM_ACTOR);
      const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length;
      if (applied === 0) break;
      done += applied;
    }
    return done;
  };
  const timer = setInterval(() => {
    if (ticking) return;
    ticking = true;
    tick(Date.now())
      .then((done) => done > 0 && log.info({ done }, 'announcements went on because their time had come'))
      .catch((error: unknown) => log.warn({ error }, 'the clock of announcements failed and tries again'))
      .finally(() => {
        ticking = false;
      });
  }, EVERY_MS);
  timer.unref();
  return { tick, stop: () => clearInterval(timer) };
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
