/** The commands `change-board.<verb>`: readable → arguments → decide → events, row, rules document → its dates. */
import { canReadChanges, decideBoard, evolveBoard, whyCallOff } from '@muster/domain/change';
import type { BoardAct, BoardEvent, MeetingBoard } from '@muster/domain/change';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Outcome, RecordId, Recorded } from '@muster/domain/shared';
import { boardColumns, boardOf, meetingOf } from '../../store/meetings.ts';
import type { ActParts } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';
import { RecordActs } from '../record-acts.ts';
import type { Evolved } from '../record-acts.ts';
import { isBoardVerb, parseBoardAct } from '../schema/meetings.ts';

export const BOARD_PREFIX = 'change-board.';

interface StoredBoard {
  readonly state: MeetingBoard;
}

export class BoardCommands {
  readonly #parts: ActParts;
  readonly #acts: RecordActs<StoredBoard, BoardAct, BoardEvent>;

  constructor(parts: ActParts) {
    this.#parts = parts;
    this.#acts = new RecordActs<StoredBoard, BoardAct, BoardEvent>(parts, {
      ...{ prefix: BOARD_PREFIX, table: 'change_board', making: 'create' },
      ...{ isVerb: isBoardVerb, parse: parseBoardAct, mayRead: canReadChanges, evolve: evolved },
      absent: (board) => ({ code: 'change/no-such-board', board }),
      find: (id) => this.#find(id),
      decide: (state, act, around) => Promise.resolve(decideBoard(state, act, around)),
      keep: (kept) => this.#keep(kept),
    });
  }

  answer(command: CommandEnvelope, actor: Actor, now: number): Promise<Outcome> {
    return this.#acts.answer(command, actor, now);
  }

  async #find(id: RecordId): Promise<StoredBoard | null> {
    const row = await this.#parts.db
      .selectFrom('change_board')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { state: boardOf(row) };
  }

  async #keep({ after, recorded, doing }: Evolved<StoredBoard, BoardEvent>): Promise<void> {
    const { db, projection } = this.#parts;
    const columns = boardColumns(after);
    await db
      .insertInto('change_board')
      .values({ id: after.id, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute();
    await projection.showChangeBoard(after, recorded);
    await this.#callOff(after, doing.at);
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
