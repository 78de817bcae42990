/** What happens to change boards because time passes: run as the system, by the same commands that people use. */
import { dateToPlan, isLeftOpen, mayComeAgain, whyCallOff } from '@muster/domain/change';
import type { MeetingBoard } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import { derivedCommandId, sealedId } from '../commands/derived-id.ts';
import type { Logger } from '../log.ts';
import { meetingOf, meetingsEnded, readBoards } from '../store/meetings.ts';
import { readStoreSecret } from '../store/store-secret.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 30_000;
const MOST_AT_ONCE = 200;

/** Plans the next date of each board, calls off what nobody opened, and closes what nobody closed. */
export function startMeetingClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  const tick = async (now: number): Promise<number> => {
    const boards = await readBoards(store.reader);
    if (boards.size === 0) return 0;
    const over = [...(await unopened(store, boards, now)), ...(await leftOpen(store, now))];
    return commands.run([...over, ...(await datesDue(store, [...boards.values()], now))]);
  };
  return startClock({
    everyMs: EVERY_MS,
    tick,
    log,
    words: {
      done: 'meetings of change boards were planned, called off or closed',
      failed: 'the clock of change boards failed and tries again in half a minute',
    },
  });
}

/** A meeting is planned once for its moment, and again only where the board did not meet then for a time. */
async function datesDue(
  store: Store,
  boards: readonly MeetingBoard[],
  now: number,
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  for (const board of boards) {
    const at = dateToPlan(board, now);
    if (at === null) continue;
    const known = await store.reader
      .selectFrom('change_meeting')
      .select('data')
      .where('board', '=', board.id)
      .where('begins_at', '=', at)
      .execute();
    if (!known.map(meetingOf).every(mayComeAgain)) continue;
    const id = derivedCommandId(`clock:plan:${board.id}:${board.version}:${at}`, at);
    const derived = derivedCommandId(`meeting:${board.id}:${board.version}:${at}`, at);
    const target = recordId(sealedId(derived, await readStoreSecret(store.reader)));
    const args = { board: board.id, at };
    commands.push({ id, type: 'change-meeting.plan', target, args, basis: 0, clientAt: now });
  }
  return commands;
}

async function unopened(
  store: Store,
  boards: ReadonlyMap<string, MeetingBoard>,
  now: number,
): Promise<readonly CommandEnvelope[]> {
  const rows = await meetingsEnded(store.reader, 'planned', now).limit(MOST_AT_ONCE).execute();
  return rows.map(meetingOf).flatMap((meeting): readonly CommandEnvelope[] => {
    const board = boards.get(meeting.board);
    const reason = board === undefined ? null : whyCallOff(meeting, board, now);
    if (reason === null) return [];
    const { id: target, version: basis } = meeting;
    const id = derivedCommandId(`clock:call-off:${target}:${basis}`, meeting.endsAt);
    return [{ id, type: 'change-meeting.call-off', target, args: { reason }, basis, clientAt: now }];
  });
}

async function leftOpen(store: Store, now: number): Promise<readonly CommandEnvelope[]> {
  const rows = await meetingsEnded(store.reader, 'live', now).limit(MOST_AT_ONCE).execute();
  return rows
    .map(meetingOf)
    .filter((meeting) => isLeftOpen(meeting, now))
    .map(({ id: target, version: basis, endsAt }) => {
      const id = derivedCommandId(`clock:close:${target}:${basis}`, endsAt);
      return { id, type: 'change-meeting.close', target, args: {}, basis, clientAt: now };
    });
}
