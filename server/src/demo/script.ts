import { deciderOf } from '@muster/domain';
import { SYSTEM_ACTOR, TERMINAL_STATES, thresholdsAhead } from '@muster/domain/shared';
import type {
  Actor,
  Directory,
  PersonId,
  Recorded,
  RecordId,
  Ticket,
  TicketAct,
  TicketEvent,
  TicketProcess,
} from '@muster/domain/shared';

/**
 * Acts out the life of one record by the product's own rules: each act is decided as the server would decide it, so
 * a demonstration can contain nothing that people could not have done themselves. Its clocks are served on the way.
 */
export class Script {
  readonly events: { event: TicketEvent; actor: PersonId; at: number }[] = [];
  readonly #process: TicketProcess;
  readonly #target: RecordId;
  readonly #directory: Directory;
  readonly #end: number;
  #state: Ticket | null = null;
  #at: number;

  constructor(plan: {
    process: TicketProcess;
    target: RecordId;
    directory: Directory;
    from: number;
    /** Epoch ms after which nothing has happened yet. */
    until: number;
  }) {
    this.#process = plan.process;
    this.#target = plan.target;
    this.#directory = plan.directory;
    this.#at = plan.from;
    this.#end = plan.until;
  }

  get state(): Ticket | null {
    return this.#state;
  }

  /** Epoch ms of the last act. */
  get at(): number {
    return this.#at;
  }

  /** Does an act after a while; false when that lies in the future, and nothing after it happens either. */
  act(actor: Actor, act: TicketAct, afterMs: number): boolean {
    if (!this.wait(afterMs)) return false;
    this.#do(actor, act, this.#at);
    return true;
  }

  /** Lets a while go by, in which clocks may speak up; false when its end lies in the future. */
  wait(afterMs: number): boolean {
    this.#at += afterMs;
    if (this.#at > this.#end) return false;
    this.#serveClocks(this.#at);
    return true;
  }

  /** Ends the play: nothing more is done, and the clocks go on until now. */
  rest(): void {
    this.#serveClocks(this.#end);
  }

  /** Speaks up where a clock passed a threshold by then, as the server does within a minute. */
  #serveClocks(until: number): void {
    for (;;) {
      if (this.#state === null || TERMINAL_STATES.has(this.#state.state)) return;
      const [next] = thresholdsAhead(this.#state, this.#directory);
      if (next === undefined || next.at > until) return;
      const { at, ...threshold } = next;
      this.#do(SYSTEM_ACTOR, { verb: 'pass-threshold', ...threshold }, at);
    }
  }

  #do(actor: Actor, act: TicketAct, at: number): void {
    const decider = deciderOf(this.#process);
    const decided = decider.decide(
      this.#state,
      { process: this.#process, ...act },
      {
        actor,
        now: at,
        clientAt: at,
        target: this.#target,
        since: [],
        number: null,
        directory: this.#directory,
        related: new Map(),
      },
    );
    if (!decided.ok) throw new Error(`demonstration: ${act.verb} refused with ${decided.refusal.code}`);
    for (const event of decided.value.events) {
      const recorded: Recorded<TicketEvent> = {
        seq: 0,
        version: this.events.length + 1,
        event,
        actor: actor.id,
        at,
        clientAt: at,
      };
      this.#state = decider.evolve(this.#state, recorded, this.#target);
      this.events.push({ event, actor: actor.id, at });
    }
  }
}
