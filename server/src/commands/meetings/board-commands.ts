/** The commands `change-board.<verb>`: readable → arguments → decide → events, row, rules document → its dates. */
import { canReadChanges, decideBoard, evolveBoard, whyCallOff } from '@muster/domain/change';
import type { BoardEvent, MeetingBoard } from '@muster/domain/change';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { boardColumns, boardOf, meetingOf } from '../../store/meetings.ts';
import { chainEvents, doingOf, refused } from '../acts.ts';
import type { ActParts, Doing } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';
import { isTakenElsewhere } from '../owner-of-id.ts';
import { isBoardVerb, parseBoardAct } from '../schema/meetings.ts';
import { unseenBy } from '../unseen.ts';

export const BOARD_PREFIX = 'change-board.';

export class BoardCommands {
  readonly #parts: ActParts;

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  async answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    const { type, target } = command;
    const verb = type.slice(BOARD_PREFIX.length);
    if (!isBoardVerb(verb)) return refused({ code: 'command/unknown-type', type });
    const state = await this.#find(target);
    const isHidden = !canReadChanges(actor) || (state === null && verb !== 'create');
    if (isHidden || (state === null && (await isTakenElsewhere(this.#parts.db, target, 'change_board'))))
      return refused({ code: 'change/no-such-board', board: target });
    const act = parseBoardAct(verb, command.args);
    if (!act.ok) return refused({ code: 'command/malformed', ...act.refusal });
    const directory = await this.#parts.directory();
    const since = state === null ? [] : await unseenBy<BoardEvent>(command, this.#parts);
    const verdict = decideBoard(state, act.value, { actor, target, directory, since });
    if (!verdict.ok) return refused(verdict.refusal);
    const after = await this.#write(state, target, verdict.value.events, doingOf(command, actor, now));
    return { outcome: 'applied', version: after?.version ?? 0 };
  }

  async #find(id: RecordId): Promise<MeetingBoard | null> {
    const row = await this.#parts.db
      .selectFrom('change_board')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : boardOf(row);
  }

  async #write(
    state: MeetingBoard | null,
    target: RecordId,
    events: readonly BoardEvent[],
    doing: Doing,
  ): Promise<MeetingBoard | null> {
    const { db, projection } = this.#parts;
    const folded = await chainEvents(this.#parts.events, target, state, events, evolved, doing);
    const after = folded.at(-1)?.after;
    if (after === undefined) return state;
    const columns = boardColumns(after);
    await db
      .insertInto('change_board')
      .values({ id: target, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await projection.showChangeBoard(
      after,
      folded.map(({ recorded }) => recorded),
    );
    await this.#callOff(after, doing.at);
    return after;
  }

  /** What the product planned for dates that are none any more, in the same transaction. */
  async #callOff(board: MeetingBoard, now: number): Promise<void> {
    const rows = await this.#parts.db
      .selectFrom('change_meeting')
      .select('data')
      .where('board', '=', board.id)
      .where('state', '=', 'planned')
      .where('ends_at', '>', now)
      .execute();
    for (const meeting of rows.map(meetingOf)) {
      const reason = whyCallOff(meeting, board, now);
      if (reason === null) continue;
      const id = derivedCommandId(`event:${board.id}:${board.version}:${meeting.id}`, now);
      const { id: target, version: basis } = meeting;
      const type = 'change-meeting.call-off';
      await this.#parts.run({ id, type, target, args: { reason }, basis, clientAt: now }, SYSTEM_ACTOR);
    }
  }
}

function evolved(
  state: MeetingBoard | null,
  { event, at }: Recorded<BoardEvent>,
  target: RecordId,
): MeetingBoard {
  return evolveBoard(state, event, { at }, target);
}
