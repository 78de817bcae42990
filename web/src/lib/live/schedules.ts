import { readSchedules } from '@muster/documents';
import { commandId, decideSchedule, evolveSchedule, recordId, scheduleId } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
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
import { OwnActs } from './own-acts.ts';
import type { OwnActsOptions } from './own-acts.ts';
import { outcomeHere, sendAct } from './send-act.ts';
import { SCHEDULE_PREFIX, scheduleActOf } from './schedule-acts.ts';
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
  readonly #own: OwnActs;
  readonly #document: WatchedDocument;
  #handle: Handle | undefined;
  #stop: () => void = () => undefined;
  #all: readonly ScheduleRow[] | null = null;

  constructor(options: SchedulesOptions) {
    this.#options = options;
    this.#document = new WatchedDocument(() => this.#changed());
    this.#own = new OwnActs({
      ...options,
      part: 'schedules',
      versionOf: (id) => this.basisOf(scheduleId(id)),
      touched: () => this.#changed(),
    });
    this.#own.look();
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
    const { verb, ...args } = act;
    const envelope: CommandEnvelope = {
      id: commandId(this.#ulid(clientAt)),
      type: `${SCHEDULE_PREFIX}${verb}`,
      target: recordId(schedule),
      ...{ args, basis, clientAt },
    };
    const outcome = outcomeHere(this.#decide(before, act, schedule, clientAt));
    return sendAct(this.#options.outbox, envelope, this.#options.knowsOrganisation() ? outcome : null);
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
    this.#own.close();
    this.follow(undefined);
  }

  #changed(): void {
    this.#all = null;
    this.#grains.tell('all');
    this.#own.finishShown();
  }

  #base(): ReadonlyMap<ScheduleId, Schedule> {
    const { doc } = this.#document;
    return doc === null ? new Map() : readSchedules(doc).schedules;
  }

  #gather(): readonly ScheduleRow[] {
    const base = this.#base();
    const own = [...this.#own.targets].map(scheduleId);
    return [...new Set([...base.keys(), ...own])]
      .flatMap((id): ScheduleRow[] => {
        const confirmed = base.get(id) ?? null;
        const waiting = this.#own.after(recordId(id), confirmed?.version ?? 0);
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
}

export interface SchedulesOptions extends Pick<OwnActsOptions, 'deviceNow' | 'isLive'> {
  readonly actor: Actor;
  readonly outbox: Pick<Outbox, 'commands' | 'finish' | 'onAnswered' | 'onChange' | 'submit'>;
  readonly directory: () => Directory;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}
