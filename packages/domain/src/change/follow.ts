/**
 * What an act brings with it, in the same transaction: approvals that its content voids, the way back of what was
 * rejected, and whoever is to be asked where the change has come to.
 */
import { askEvent, outcomeOf } from './approval/ask.ts';
import type { ChangeCase } from './case.ts';
import type { Change } from './change.ts';
import { contentOf, differing } from './content.ts';
import type { ChangeEvent, VoidCause } from './events.ts';
import { evolveChange } from './evolve.ts';
import type { ChangeContext } from './facts.ts';
import { isOver, rulesOf } from './model/model.ts';
import type { ChangeModel, ChangeState } from './model/model.ts';
import { succeeded } from './review/result.ts';

/** The events of an act and all that follow from them. */
export function withFollowers(
  { change, model, context }: ChangeCase,
  events: readonly ChangeEvent[],
): readonly ChangeEvent[] {
  const course = new Course(change, model, context);
  for (const event of events) course.add(event);
  const differs = differing(contentOf(change), contentOf(course.now));
  if (differs.length > 0 && course.now.requirements.length > 0) course.voidApprovals('content', differs);
  course.fallBack();
  course.reject();
  if (course.hasMoved('back') && course.now.state === course.model.initial)
    course.voidApprovals('reverted', []);
  course.ask();
  course.leaveValues();
  return course.events;
}

/** The events so far, and the change as it stands after them. */
class Course {
  now: Change;
  readonly model: ChangeModel;
  readonly events: ChangeEvent[] = [];
  readonly #context: ChangeContext;

  constructor(change: Change, model: ChangeModel, context: ChangeContext) {
    this.now = change;
    this.model = model;
    this.#context = context;
  }

  add(event: ChangeEvent): void {
    const { actor, now: at, clientAt, target } = this.#context;
    const version = this.now.version + 1;
    this.now = evolveChange(this.now, { seq: 0, version, event, actor: actor.id, at, clientAt }, target);
    this.events.push(event);
  }

  hasMoved(way: 'back'): boolean {
    return this.events.some((event) => event.type === 'moved' && event.way === way);
  }

  voidApprovals(cause: VoidCause, differs: readonly string[]): void {
    const { approvals, requirements, revision } = this.now;
    const isAsked = requirements.length > 0 || approvals.some(({ state }) => state !== 'void');
    if (isAsked) this.add({ type: 'approvals-voided', cause, revision: revision + 1, differs });
  }

  /** What was approved has moved: it leaves the calendar until it is approved again. */
  fallBack(): void {
    const to = rulesOf(this.model, this.now.state).whenContentMoves;
    const voided = this.events.some((event) => event.type === 'approvals-voided');
    if (to !== null && voided) this.#back(to);
  }

  reject(): void {
    const { now, model } = this;
    const asks = rulesOf(model, now.state).asks.length > 0;
    const isRejected = now.requirements.some((each) => outcomeOf(each, now) === 'rejected');
    if (!asks || !isRejected) return;
    this.#back(model.whenRejected);
    this.voidApprovals('rejected', []);
  }

  ask(): void {
    const { asks } = rulesOf(this.model, this.now.state);
    const asksAnew = this.events.some(({ type }) => ASKS_ANEW.has(type));
    const event = asks.length > 0 && asksAnew ? askEvent(this.now, this.#context, asks) : null;
    if (event !== null) this.add(event);
  }

  /** What was not done is not so on the map either: what was planned for it is left out, which is said. */
  leaveValues(): void {
    const { values, result } = this.now;
    const isEnd = this.events.some((event) => event.type === 'moved' && isOver({ state: event.to }));
    if (isEnd && values.length > 0 && !succeeded({ result }))
      this.add({ type: 'values-left', count: values.length });
  }

  #back(to: ChangeState): void {
    const { state: from } = this.now;
    this.add({ type: 'moved', from, to, way: 'back', reason: null, overruled: [], result: null });
  }
}

/** What may change whom policies name. */
const ASKS_ANEW: ReadonlySet<ChangeEvent['type']> = new Set([
  'moved',
  'approvals-voided',
  'assigned',
  'assessed',
  'edited',
]);
