/** For tests: a change board of a test server and what is done in its meetings. Nothing here is used when serving. */
import { DEFAULT_AGENDA } from '@muster/domain/change';
import type { BoardFields, ChangeState, Meeting } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import type { CommandOutcome, RecordId, ServiceId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { boardOf, meetingOf } from '../store/meetings.ts';
import type { TestServer, TestSession } from '../testing.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** On this weekday and hour of every week, beginning a day ago. */
export function weeklyFrom(at: number): BoardFields['when'] {
  const wall = (instant: number) => new Date(instant).toISOString().slice(0, 16);
  const repeats = { unit: 'week', every: 1, weekdays: [], until: null } as const;
  return { zone: 'UTC', begins: wall(at), ends: wall(at + HOUR), repeats };
}

/** Of one service: its new changes, or those in other states. */
export function agendaOf(
  service: ServiceId,
  states: readonly ChangeState[] = ['new'],
): BoardFields['agenda'] {
  return { states, when: { services: [service] }, policies: [] };
}

export class TestBoard {
  readonly id: RecordId = recordId(ulid());
  readonly #server: TestServer;
  readonly #lead: TestSession;
  #count = 0;

  constructor(server: TestServer, lead: TestSession) {
    this.#server = server;
    this.#lead = lead;
  }

  /** Chaired by the lead and an agent; another agent belongs to it. */
  fields(given: Partial<BoardFields> = {}): BoardFields {
    const who = (name: string) => personId(this.#server.account(`${name}@desk.test`).id);
    return {
      name: 'Advisory board',
      when: weeklyFrom(Date.now() - DAY),
      itemMinutes: 10,
      chairs: [who('lead'), who('agent')],
      members: [who('other')],
      agenda: DEFAULT_AGENDA,
      ...given,
    };
  }

  async make(given: Partial<BoardFields> = {}): Promise<this> {
    const fields = this.fields(given);
    const made = await this.#lead.run('change-board.create', this.id, { fields });
    if (made.outcome !== 'applied') throw new Error(JSON.stringify(made));
    return this;
  }

  async version(): Promise<number> {
    const row = await this.#server.store.reader
      .selectFrom('change_board')
      .select('data')
      .where('id', '=', this.id)
      .executeTakeFirstOrThrow();
    return boardOf(row).version;
  }

  /** A meeting beside the dates of the board, planned by the lead and not opened yet. */
  async planned(at = Date.now() + 3 * HOUR + (this.#count += 1)): Promise<RecordId> {
    const id = recordId(ulid());
    const answer = await this.#lead.run('change-meeting.plan', id, { board: this.id, at });
    if (answer.outcome !== 'applied') throw new Error(JSON.stringify(answer));
    return id;
  }

  /** Runs one act on what stands, or on an earlier version. */
  async act(
    by: TestSession,
    meeting: RecordId,
    verb: string,
    args: object = {},
    basis?: number,
  ): Promise<CommandOutcome> {
    const seen = basis ?? (await this.meeting(meeting)).version;
    return by.run(`change-meeting.${verb}`, meeting, args, seen);
  }

  async meeting(id: RecordId): Promise<Meeting> {
    const row = await this.#server.store.reader
      .selectFrom('change_meeting')
      .select('data')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return meetingOf(row);
  }

  /** Every meeting of it, by when it begins. */
  async meetings(): Promise<readonly Meeting[]> {
    const rows = await this.#server.store.reader
      .selectFrom('change_meeting')
      .select('data')
      .where('board', '=', this.id)
      .orderBy('begins_at')
      .execute();
    return rows.map(meetingOf);
  }
}
