import { deciderOf } from '@muster/domain';
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
 * a demonstration can contain nothing that people could not have done themselves.
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

  /** Does an act after a while; false when that lies in the future, and nothing after it happens either. */
  act(actor: Actor, act: TicketAct, afterMs: number): boolean {
    this.#at += afterMs;
    if (this.#at > this.#end) return false;
    const decider = deciderOf(this.#process);
    const decided = decider.decide(
      this.#state,
      { process: this.#process, ...act },
      {
        actor,
        now: this.#at,
        clientAt: this.#at,
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
        at: this.#at,
        clientAt: this.#at,
      };
      this.#state = decider.evolve(this.#state, recorded, this.#target);
      this.events.push({ event, actor: actor.id, at: this.#at });
    }
    return true;
  }
}
