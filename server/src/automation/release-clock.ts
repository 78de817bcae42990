/** What happens to releases because time passes: run as the system, by the same commands that people use. */
import { releaseDueByClock } from '@muster/domain/release';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import { derivedCommandId } from '../commands/derived-id.ts';
import { releaseFacts } from '../commands/releases/release-facts.ts';
import type { Logger } from '../log.ts';
import { releaseOf } from '../store/releases.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 30_000;
/** Phases of one release that may be due together after the server stood still. */
const MOST_ROUNDS = 60;
const MOST_AT_ONCE = 200;

/** Phases paced by dates go on, and watches end. One act at a time: what is due next is asked when it is done. */
export function startReleaseClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  return startClock({
    everyMs: EVERY_MS,
    tick: (now) => commands.runWhile(() => dueCommands(store, now), MOST_ROUNDS),
    log,
    words: {
      done: 'releases went on because their time had come',
      failed: 'the clock of releases failed and tries again in half a minute',
    },
  });
}

/** Their ids come of release, version and moment, so that one that was refused is tried again when facts have moved. */
async function dueCommands(store: Store, now: number): Promise<readonly CommandEnvelope[]> {
  const rows = await store.reader
    .selectFrom('release')
    .select('data')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(MOST_AT_ONCE)
    .execute();
  if (rows.length === 0) return [];
  const commands: CommandEnvelope[] = [];
  for (const release of rows.map(releaseOf)) {
    const needed = { changes: release.members, incidents: [] };
    const facts = await releaseFacts(store.reader, store.map, needed, SYSTEM_ACTOR);
    const act = releaseDueByClock(release, facts, now);
    if (act === null) continue;
    const { verb, ...args } = act;
    const { id: target, version: basis } = release;
    const id = derivedCommandId(`clock:${verb}:${target}:${basis}:${now}`, now);
    commands.push({ id, type: `release.${verb}`, target, args, basis, clientAt: now });
  }
  return commands;
}
