/**
 * What the calendar of changes shows and what is being moved on it. Everything is read from this device; while a change
 * is held, its conflicts are looked up for each place that it is held over.
 */
import { SLOT_DAYS, nextFreeSlot, plannedOf } from '@muster/domain/change';
import type { SlotAnswer } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { Muster, SentCommand } from '#lib/live/muster.ts';
import { deviceZone } from '../stretch-words.ts';
import { keepClock, keptClock } from './kept-clock.ts';
import type { Clock } from './kept-clock.ts';
import { conflictsAt, outlookOf, whyFixed } from './move.ts';
import type { MoveOutlook } from './move.ts';
import { NO_FILTER, shownIn } from './shown-changes.ts';
import type { CalendarFilter, Grouping, PlacedChange } from './shown-changes.ts';
import { spanOf, stepped } from './span.ts';
import type { CalendarView, Place, Zoom } from './span.ts';
import { dayOf, movedBy } from './wall-clock.ts';
import type { WallDelta } from './wall-clock.ts';
import { concerns, focusOf } from './windows-behind.ts';
import type { Focus } from './windows-behind.ts';

const QUARTER_MS = 15 * 60_000;

export class ChangeCalendar {
  readonly changes: LiveChanges;
  readonly #muster: Muster;
  /** A month of boxes is too small to read on a small screen. */
  #view = $state<CalendarView>(matchMedia('(width < 40rem)').matches ? 'list' : 'month');
  #zoom = $state<Zoom>('week');
  #day = $state('');
  #clock = $state<Clock>(keptClock());
  #grouping = $state<Grouping>('service');
  #filter = $state.raw<CalendarFilter>(NO_FILTER);
  #selected = $state.raw<RecordId | null>(null);
  #sought = $state.raw<RecordId | null>(null);
  #held = $state.raw<MoveOutlook | null>(null);
  /** It was dropped, and waits for a yes. */
  #asked = $state.raw<MoveOutlook | null>(null);

  constructor(changes: LiveChanges, muster: Muster) {
    this.changes = changes;
    this.#muster = muster;
    this.#day = dayOf(muster.now, this.zone);
  }

  get view(): CalendarView {
    return this.#view;
  }
  set view(view: CalendarView) {
    this.#view = view;
  }
  get zoom(): Zoom {
    return this.#zoom;
  }
  set zoom(zoom: Zoom) {
    this.#zoom = zoom;
  }
  get grouping(): Grouping {
    return this.#grouping;
  }
  set grouping(grouping: Grouping) {
    this.#grouping = grouping;
  }
  get filter(): CalendarFilter {
    return this.#filter;
  }
  set filter(filter: CalendarFilter) {
    this.#filter = filter;
  }
  /** Whose clock times are by; remembered on this device. */
  get clock(): Clock {
    return this.#clock;
  }
  set clock(clock: Clock) {
    this.#clock = clock;
    keepClock(clock);
  }

  /** On whose clock the calendar is drawn, IANA name. */
  readonly zone = $derived.by(() => (this.#clock === 'device' ? deviceZone() : this.changes.rules.zone));
  readonly place = $derived.by((): Place => ({ view: this.#view, zoom: this.#zoom, day: this.#day }));
  readonly span = $derived.by(() => spanOf(this.place, this.zone));
  readonly shown = $derived.by((): readonly PlacedChange[] =>
    shownIn(this.changes.all, this.changes.rules.models, this.#filter, this.span),
  );

  /** What windows are looked at for: the chosen change, or what the filter names. */
  readonly focus = $derived.by((): Focus => {
    const { selected } = this;
    return selected === undefined
      ? focusOf(this.#filter)
      : { services: selected.items, model: selected.model };
  });
  readonly windows = $derived.by(() =>
    this.changes.rules.windows.filter((window) => concerns(window, this.focus)),
  );

  get selected(): ChangeRow | undefined {
    return this.#selected === null ? undefined : this.changes.get(this.#selected);
  }

  /** The change that the page was opened for, until it has been brought into sight. */
  get sought(): RecordId | null {
    return this.#sought;
  }

  /** Goes to where a change stands and chooses it. False when there is none of it here. */
  seek(id: string): boolean {
    const change = this.changes.peek(recordId(id));
    if (change === undefined) return false;
    this.select(id);
    if (change.begins === null) return true;
    this.#day = dayOf(change.begins, this.zone);
    this.#sought = change.id;
    return true;
  }

  reached(): void {
    this.#sought = null;
  }

  /** The place over which a change is held, by hand or by key. */
  get held(): MoveOutlook | null {
    return this.#held;
  }

  get asked(): MoveOutlook | null {
    return this.#asked;
  }

  goTo(day: string): void {
    this.#day = day;
  }

  today(): void {
    this.#day = dayOf(this.#muster.now, this.zone);
  }

  step(by: 1 | -1): void {
    this.#day = stepped(this.place, by);
  }

  select(id: string | null): void {
    if (this.#held !== null && this.#held.id !== id) this.release();
    this.#selected = id === null ? null : recordId(id);
  }

  /** Why it cannot be moved by me now; null when it can. */
  whyFixed(change: ChangeRow): string | null {
    return whyFixed(change, this.changes.rules.models.get(change.model), (permission) =>
      this.#muster.me.can(permission),
    );
  }

  /** Holds a change over another place, and says so to whoever looks. */
  hold(id: string, begins: number, ends: number): MoveOutlook | null {
    const change = this.changes.peek(recordId(id));
    if (change === undefined || ends <= begins) return null;
    const outlook = outlookOf(this.changes.index, change, { id: change.id, begins, ends });
    this.#selected = change.id;
    this.#held = outlook;
    this.changes.ghosts.show({ change: change.id, begins, ends });
    return outlook;
  }

  /** Moves what is held, or takes the selected change up, by the wall clock. */
  nudge(id: RecordId, delta: WallDelta): void {
    const change = this.changes.peek(id);
    const from = this.#held?.id === id ? this.#held : change;
    if (change === undefined || from?.begins == null || from.ends === null || from.ends === undefined) return;
    const begins = movedBy(from.begins, delta, this.zone);
    this.hold(id, begins, begins + (from.ends - from.begins));
    if (begins < this.span.from || begins >= this.span.to) this.#day = dayOf(begins, this.zone);
  }

  /** The next place without a conflict, from where it is held or stands, but not before now. */
  freeSlot(id: RecordId): SlotAnswer | null {
    const change = this.changes.peek(id);
    const planned = change === undefined ? null : plannedOf(change);
    if (planned === null) return null;
    const from = this.#held?.id === id ? this.#held.begins : planned.begins;
    const soonest = Math.ceil(this.#muster.now / QUARTER_MS) * QUARTER_MS;
    return nextFreeSlot(this.changes.index, planned, Math.max(from, soonest), SLOT_DAYS);
  }

  /** Holds the change over its next free place. Answers why not, when there is none. */
  takeFreeSlot(id: RecordId): SlotAnswer | null {
    const answer = this.freeSlot(id);
    if (answer?.found !== true) return answer;
    this.hold(id, answer.begins, answer.ends);
    if (answer.begins < this.span.from || answer.begins >= this.span.to)
      this.#day = dayOf(answer.begins, this.zone);
    return answer;
  }

  /** In place of where it was dropped: the next free place from there on. */
  takeFreeInstead(): SlotAnswer | null {
    const asked = this.#asked;
    this.#asked = null;
    return asked === null ? null : this.takeFreeSlot(asked.id);
  }

  /** Lets go: what was held is back where it stands. */
  release(): void {
    this.#held = null;
    this.#asked = null;
    this.changes.ghosts.show(null);
  }

  /** Puts what is held to its new place, or asks first when that costs approvals or lands in a hard freeze. */
  drop(): void {
    const move = this.#held;
    const change = move === null ? undefined : this.changes.peek(move.id);
    if (move === null || change === undefined) return;
    if (change.begins === move.begins && change.ends === move.ends) return this.release();
    if (move.voidsApprovals || move.hitsHardFreeze) this.#asked = move;
    else void this.confirm();
  }

  /** Sends the move. Answers the command, and how to take it back. */
  confirm(): Moved | null {
    const move = this.#asked ?? this.#held;
    const change = move === null ? undefined : this.changes.peek(move.id);
    if (move === null || change === undefined) return null;
    const { begins, ends } = change;
    const sent = this.changes.run(move.id, {
      verb: 'edit',
      fields: { begins: move.begins, ends: move.ends },
    });
    this.release();
    const moved = {
      move,
      sent,
      undo: () => this.changes.run(move.id, { verb: 'edit', fields: { begins, ends } }),
    };
    this.onmoved?.(moved);
    return moved;
  }

  /** Told of every move that was sent. */
  onmoved: ((moved: Moved) => void) | null = null;

  /** What the change collides with where it stands. Subscribes to what hangs on what. */
  conflictsOf(change: ChangeRow): MoveOutlook['conflicts'] {
    void this.changes.facts();
    const { begins, ends } = change;
    return begins === null || ends === null ? [] : conflictsAt(this.changes.index, change, { begins, ends });
  }
}

export interface Moved {
  readonly move: MoveOutlook;
  readonly sent: SentCommand;
  readonly undo: () => SentCommand;
}
