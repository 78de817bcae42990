import { readSchedules } from '@muster/documents';
import { decideSchedule, evolveSchedule, recordId, scheduleId } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  CommandId,
  Directory,
  Schedule,
  ScheduleAct,
  ScheduleForm,
  ScheduleId,
} from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../connection/outbox.ts';
import type { Handle } from '../connection/shelf.ts';
import { Grains } from './grains.ts';
import type { LiveSchedules, ScheduleRow, SentCommand } from './muster.ts';
import { SCHEDULE_PREFIX, isScheduleCommand, scheduleActOf } from './schedule-acts.ts';
import { WatchedDocument } from './watched-document.ts';

/**
 * Who is on call when: from the document `oncall`, which every device of the staff holds, also without a network. This
 * device's own acts are folded in by the server's own rules until what came of them is here. Fetched when it is asked
 * for, or when an act waits.
 */
export class Schedules implements LiveSchedules {
  readonly #options: SchedulesOptions;
  readonly #grains = new Grains<'all' | 'loaded'>();
  readonly #ulid = monotonicFactory();
  readonly #off: readonly (() => void)[];
  readonly #document: WatchedDocument;
  #handle: Handle | undefined;
  #stop: () => void = () => undefined;
  #all: readonly ScheduleRow[] | null = null;

  constructor(options: SchedulesOptions) {
    this.#options = options;
    this.#document = new WatchedDocument(() => this.#changed());
    this.#off = [
      options.outbox.onChange(() => this.#changed()),
      options.outbox.onAnswered(() => this.#changed()),
    ];
  }

  get loaded(): boolean {
    this.#grains.read('loaded');
    if (this.#handle === undefined) return false;
    const { current } = this.#handle;
    return current === null || current.loaded;
  }

  get all(): readonly ScheduleRow[] {
    this.#grains.read('all');
    return (this.#all ??= this.#gather());
  }

  newId(): string {
    return this.#ulid(this.#options.now());
  }

  create(form: ScheduleForm): SentCommand {
    return this.run(scheduleId(this.newId()), { verb: 'create', form });
  }

  basisOf(schedule: ScheduleId): number {
    return this.#base().get(schedule)?.version ?? 0;
  }

  run(schedule: ScheduleId, act: ScheduleAct, basis = this.basisOf(schedule)): SentCommand {
    const before = (this.#all ?? this.#gather()).find(({ id }) => id === schedule) ?? null;
    const clientAt = this.#options.now();
    const id = this.#ulid(clientAt) as CommandId;
    const target = recordId(schedule);
    const answer = this.#decide(before, act, schedule, clientAt);
    if (!answer.ok && this.#options.knowsOrganisation()) {
      const outcome = Promise.resolve({ outcome: 'refused', refusal: answer.refusal } as const);
      return { id, target, kept: outcome, settled: outcome };
    }
    const { verb, ...args } = act;
    const envelope: CommandEnvelope = {
      id,
      type: `${SCHEDULE_PREFIX}${verb}`,
      target,
      args,
      basis,
      clientAt,
    };
    return { id, target, ...this.#options.outbox.submit(envelope) };
  }

  follow(document: Handle | undefined): void {
    this.#document.follow(document);
    if (document === this.#handle) return;
    this.#stop();
    this.#handle = document;
    this.#stop = document?.onChange(() => this.#grains.tell('loaded')) ?? (() => undefined);
    this.#grains.tell('loaded');
  }

  close(): void {
    for (const off of this.#off) off();
    this.follow(undefined);
  }

  #changed(): void {
    this.#all = null;
    this.#grains.tell('all');
    this.#finishShown();
  }

  #base(): ReadonlyMap<ScheduleId, Schedule> {
    const { doc } = this.#document;
    return doc === null ? new Map() : readSchedules(doc).schedules;
  }

  #gather(): readonly ScheduleRow[] {
    const base = this.#base();
    const pending = Map.groupBy(
      this.#options.outbox.commands.filter(({ envelope }) => isScheduleCommand(envelope)),
      ({ envelope }) => scheduleId(envelope.target),
    );
    return [...new Set([...base.keys(), ...pending.keys()])]
      .flatMap((id): ScheduleRow[] => {
        const confirmed = base.get(id) ?? null;
        const waiting = (pending.get(id) ?? []).filter(
          ({ applied }) => applied === null || applied.version > (confirmed?.version ?? 0),
        );
        const folded = waiting.reduce<Schedule | null>(
          (state, { envelope }) => this.#fold(state, envelope),
          confirmed,
        );
        if (folded === null || folded.removedAt !== null) return [];
        return [{ ...folded, pending: waiting.filter(({ applied }) => applied === null).length }];
      })
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  #fold(state: Schedule | null, envelope: CommandEnvelope): Schedule | null {
    const act = scheduleActOf(envelope);
    if (act === null) return state;
    const id = scheduleId(envelope.target);
    const answer = this.#decide(state, act, id, envelope.clientAt);
    if (!answer.ok) return state;
    const told = { actor: this.#options.actor.id, at: envelope.clientAt };
    return answer.value.events.reduce<Schedule | null>(
      (so, event) => evolveSchedule(so, event, told, id),
      state,
    );
  }

  #decide(state: Schedule | null, act: ScheduleAct, target: ScheduleId, now: number) {
    const { actor, directory } = this.#options;
    return decideSchedule(state, act, { actor, now, target, since: [], directory: directory() });
  }

  /** Lets go of own acts whose effect is here, or has had its time to come. */
  #finishShown(): void {
    const { outbox, now } = this.#options;
    const base = this.#base();
    const done = outbox.commands.filter(({ envelope, applied }) => {
      if (applied === null || !isScheduleCommand(envelope)) return false;
      const shown = (base.get(scheduleId(envelope.target))?.version ?? 0) >= applied.version;
      return shown || now() - applied.at > SHOWN_WITHIN_MS;
    });
    if (done.length > 0) outbox.finish(done.map(({ id }) => id));
  }
}

export interface SchedulesOptions {
  readonly actor: Actor;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

const SHOWN_WITHIN_MS = 10_000;
