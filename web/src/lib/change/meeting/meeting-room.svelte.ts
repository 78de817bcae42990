/** A meeting as one reader has it before them: what everybody looks at, and what they look at themselves. */
import { SvelteMap } from 'svelte/reactivity';
import { heldAsOf, itemOf, nextOpenItem, presentIn } from '@muster/domain/change';
import type { AgendaItem, HeldAs, ItemVerdict, Meeting } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import type { BoardRow, LiveMeetings } from '#lib/live/meeting/live-meetings.ts';
import type { Muster } from '#lib/live/muster.ts';
import { MeetingActs } from './meeting-acts.ts';
import type { SentAct } from './meeting-acts.ts';

export class MeetingRoom {
  readonly changes: LiveChanges;
  readonly muster: Muster;
  readonly acts: MeetingActs;
  readonly #meeting: () => Meeting;
  readonly #board: () => BoardRow;
  /** What this reader looks at instead of the current item; null follows it. */
  #looked = $state.raw<RecordId | null>(null);

  /** What the chair writes for the minutes, by item: kept until the server has it. */
  readonly #words = new SvelteMap<RecordId, string>();

  constructor(sources: RoomSources) {
    this.changes = sources.changes;
    this.muster = sources.muster;
    this.acts = new MeetingActs(sources.meetings, sources.muster);
    this.#meeting = sources.meeting;
    this.#board = sources.board;
  }

  get meeting(): Meeting {
    return this.#meeting();
  }

  get board(): BoardRow {
    return this.#board();
  }

  /** Its board: as it was at the end, once it is over. */
  get heldAs(): HeldAs {
    return heldAsOf(this.meeting, this.board);
  }

  get me() {
    return this.muster.me.person.id;
  }

  get isLive(): boolean {
    return this.meeting.state === 'live';
  }

  /** Whether this reader has the chair. */
  get isChair(): boolean {
    return this.isLive && this.meeting.chair === this.me;
  }

  /** Whether they may open it, or take its chair. */
  get mayChair(): boolean {
    return this.muster.me.can('change.manage') || this.board.chairs.includes(this.me);
  }

  get isPresent(): boolean {
    return presentIn(this.meeting).includes(this.me);
  }

  /** The item on this screen: one that the reader chose, or the one that everybody looks at. */
  get shown(): AgendaItem | null {
    const { meeting } = this;
    const looked = this.#looked === null ? undefined : itemOf(meeting, this.#looked);
    if (looked !== undefined) return looked;
    return meeting.current === null ? null : (itemOf(meeting, meeting.current) ?? null);
  }

  /** Whether this reader looks elsewhere than everybody does. */
  get isElsewhere(): boolean {
    const { current } = this.meeting;
    return this.isLive && current !== null && this.shown !== null && this.shown.change !== current;
  }

  nameOf(change: RecordId): string {
    const named = itemOf(this.meeting, change)?.named;
    // while it is held, what the change is called now is what everybody talks about
    if (named !== undefined && !this.isLive) return [named.number, named.title].filter(Boolean).join(' ');
    const row = this.changes.get(change);
    return row === undefined
      ? 'A change that is not on this device'
      : `${row.number ?? row.token} ${row.title}`;
  }

  look(change: RecordId): void {
    this.#looked = change === this.meeting.current ? null : change;
  }

  backToCurrent(): void {
    this.#looked = null;
  }

  /** From item to item of the agenda, without taking anybody along. */
  lookOn(by: 1 | -1): void {
    const { agenda } = this.meeting;
    const at = agenda.findIndex(({ change }) => change === this.shown?.change);
    const next = agenda[at === -1 ? 0 : Math.min(agenda.length - 1, Math.max(0, at + by))];
    if (next !== undefined) this.look(next.change);
  }

  /** Shows an item to everybody. */
  async show(change: RecordId | null): Promise<void> {
    const act = { verb: 'show-item', change, from: this.meeting.current } as const;
    if (await this.acts.run(this.meeting.id, act)) this.#looked = null;
  }

  wordsFor(change: RecordId): string {
    return this.#words.get(change) ?? '';
  }

  write(change: RecordId, words: string): void {
    this.#words.set(change, words);
  }

  /** Notes what the board came to on a change as it is shown; its words stay here until the server has taken them. */
  note(change: RecordId, verdict: ItemVerdict, revision: number, next: RecordId | null): SentAct {
    const written = this.wordsFor(change);
    const words = written.trim();
    const sent = this.acts.sent(this.meeting.id, {
      ...{ verb: 'decide-item', change, verdict, revision },
      ...(words !== '' && { note: words }),
      ...(next !== null && { next }),
    });
    const forget = async () => {
      const isTaken = (await sent.answer) === null;
      if (isTaken && this.wordsFor(change) === written) this.#words.delete(change);
    };
    void forget();
    return sent;
  }

  /** The item that comes next for everybody; null when all are decided. */
  get next(): RecordId | null {
    return nextOpenItem(this.meeting, this.meeting.current);
  }

  /** Up or down by one place of the agenda. */
  async place(change: RecordId, by: 1 | -1): Promise<void> {
    const { agenda, id } = this.meeting;
    const at = agenda.findIndex((item) => item.change === change);
    if (at + by < 0 || at + by >= agenda.length) return;
    const before = by === -1 ? agenda[at - 1] : agenda[at + 2];
    await this.acts.run(id, { verb: 'place-item', change, before: before?.change ?? null });
  }
}

export interface RoomSources {
  readonly changes: LiveChanges;
  readonly meetings: LiveMeetings;
  readonly muster: Muster;
  readonly meeting: () => Meeting;
  readonly board: () => BoardRow;
}
