import type {
  Actor,
  Directory,
  Instant,
  ItemStanding,
  Recorded,
  RecordId,
  Ticket,
  TicketAct,
  TicketDecider,
  TicketEvent,
  TicketProcess,
  TicketRefusal,
  Result,
  Verdict,
} from '../index.ts';
import { SYSTEM_ACTOR, onCallIn, recordId } from '../index.ts';
import { DIRECTORY, VPN, actor, id } from './organisation.ts';

type Answer = Result<Verdict<TicketEvent>, TicketRefusal>;
type CreateAct = Extract<TicketAct, { verb: 'create' }>;

/** A Monday morning in Zurich, within office hours. */
export const MONDAY_9 = Date.UTC(2026, 5, 1, 7);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface RunOptions {
  /** The version that the author saw; the present one when absent. */
  readonly basis?: number;
  readonly clientAt?: Instant;
}

/**
 * The command path in memory: what the server does between loading and recording, without its store. A minute
 * passes with every command.
 */
export class Records {
  readonly #deciderOf: (process: TicketProcess) => TicketDecider;
  readonly #histories = new Map<RecordId, readonly Recorded<TicketEvent>[]>();
  readonly #tickets = new Map<RecordId, Ticket>();
  readonly directory: Directory;
  /** Configuration items that tickets may name, and those that are retired; every other is not there. */
  readonly items = new Map<RecordId, ItemStanding>();
  now: Instant = MONDAY_9;
  #numbers = 0;
  #seq = 0;

  constructor(deciderOf: (process: TicketProcess) => TicketDecider, directory: Directory = DIRECTORY) {
    this.#deciderOf = deciderOf;
    this.directory = directory;
  }

  get all(): readonly Ticket[] {
    return [...this.#tickets.values()];
  }

  ticket(name: string): Ticket {
    const ticket = this.#tickets.get(recordId(name));
    if (ticket === undefined) throw new Error(`no ticket ${name}`);
    return ticket;
  }

  history(name: string): readonly Recorded<TicketEvent>[] {
    return this.#histories.get(recordId(name)) ?? [];
  }

  /** Runs an act as a person (or the system) would through the server, and records what it leads to. */
  run(
    who: string | Actor,
    process: TicketProcess,
    name: string,
    act: TicketAct,
    options: RunOptions = {},
  ): Answer {
    this.now += MINUTE;
    const answer = this.decide(who, process, name, act, options);
    if (!answer.ok) return answer;
    const performer = performerOf(who);
    const clientAt = options.clientAt ?? this.now;
    this.#record(recordId(name), process, answer.value.events, performer, clientAt);
    for (const { target, events } of answer.value.also ?? []) {
      this.#record(target, this.ticket(target).process, events, performer, clientAt);
    }
    return answer;
  }

  /** What the rules say, without recording it: what a browser does, which has no numbers to give. */
  decide(
    who: string | Actor,
    process: TicketProcess,
    name: string,
    act: TicketAct,
    options: RunOptions = {},
    number: string | null = `${process}-${this.#numbers + 1}`,
  ): Answer {
    const target = recordId(name);
    const state = this.#tickets.get(target) ?? null;
    const basis = options.basis ?? state?.version ?? 0;
    return this.#deciderOf(process).decide(
      state,
      { process, ...act },
      {
        actor: performerOf(who),
        now: this.now,
        clientAt: options.clientAt ?? this.now,
        target,
        since: this.history(name).filter(({ version }) => version > basis),
        number,
        directory: this.directory,
        onCall: onCallIn(this.directory),
        itemStanding: (item) => this.items.get(item) ?? null,
        related: this.#tickets,
      },
    );
  }

  #record(
    target: RecordId,
    process: TicketProcess,
    events: readonly TicketEvent[],
    performer: Actor,
    clientAt: Instant,
  ): void {
    for (const event of events) {
      const history = this.history(target);
      this.#seq += 1;
      if (event.type === 'created') this.#numbers += 1;
      const recorded = {
        seq: this.#seq,
        version: history.length + 1,
        event,
        actor: performer.id,
        at: this.now,
        clientAt,
      };
      this.#histories.set(target, [...history, recorded]);
      const before = this.#tickets.get(target) ?? null;
      this.#tickets.set(target, this.#deciderOf(process).evolve(before, recorded, target));
    }
  }
}

function performerOf(who: string | Actor): Actor {
  if (typeof who !== 'string') return who;
  return who === 'system' ? SYSTEM_ACTOR : actor(who);
}

/** An act that makes an ordinary ticket for Rita, on the VPN service. */
export function creating(process: TicketProcess, changes: Partial<CreateAct> = {}): CreateAct {
  return {
    verb: 'create',
    kind: process === 'incident' ? 'incident' : 'request',
    title: 'VPN drops every hour',
    description: 'Since Monday.',
    impact: 2,
    urgency: 2,
    requester: id('rita'),
    service: VPN,
    category: 'network',
    team: null,
    channel: 'phone',
    ...changes,
  };
}
