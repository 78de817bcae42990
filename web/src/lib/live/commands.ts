import { commandId, recordId, undoOf } from '@muster/domain/shared';
import type {
  CommandEnvelope,
  CommandId,
  RecordId,
  Ticket,
  TicketAct,
  TicketCommand,
  TicketProcess,
} from '@muster/domain/shared';
import { monotonicFactory } from 'ulid';
import type { Outbox } from '../connection/outbox.ts';
import { anticipate } from './anticipate.ts';
import type { Surroundings } from './anticipate.ts';
import type { Commands, SentCommand } from './muster.ts';
import { newRecordId, sendAct } from './send-act.ts';
import type { Tickets } from './tickets.ts';

/** What people do to tickets: decided here at once by the server's own rules, kept, and sent. */
export class TicketCommands implements Commands {
  readonly #options: TicketCommandsOptions;
  readonly #ulid = monotonicFactory();
  readonly #done = new Map<string, DoneHere>();

  constructor(options: TicketCommandsOptions) {
    this.#options = options;
  }

  run(process: TicketProcess, target: RecordId, act: TicketAct): SentCommand {
    const { tickets, outbox } = this.#options;
    const { verb, ...args } = act;
    const command: TicketCommand = { ...act, process };
    const clientAt = this.#options.now();
    const id = this.#newId();
    // its own acts count as seen, so the basis is what the server was last known to say
    const basis = tickets.confirmed(target)?.version ?? 0;
    const envelope: CommandEnvelope = { id, type: `${process}.${verb}`, target, args, basis, clientAt };
    const before = tickets.peek(target) ?? null;
    const anticipated = anticipate(before, command, envelope, this.#options.around());
    switch (anticipated.answer) {
      case 'no':
        // who nobody knows here may be known to the server: without the directory it alone says no
        return sendAct(
          outbox,
          envelope,
          this.#options.knowsOrganisation() ? { outcome: 'refused', refusal: anticipated.refusal } : null,
        );
      case 'too-late': {
        const { by, reason } = anticipated;
        return sendAct(outbox, envelope, { outcome: 'superseded', by, reason });
      }
      case 'yes':
        this.#remember(id, { process, target, act, before, after: anticipated.ticket });
        return sendAct(outbox, envelope, null);
    }
  }

  create(process: TicketProcess, act: Extract<TicketAct, { verb: 'create' }>): SentCommand {
    return this.run(process, newRecordId(this.#options.now()), act);
  }

  /** Sends an act that is about no record. Its own id stands for the target. */
  send(type: string, args: unknown): SentCommand {
    const id = this.#newId();
    const target = recordId(id);
    const envelope: CommandEnvelope = { id, type, target, args, basis: 0, clientAt: this.#options.now() };
    return sendAct(this.#options.outbox, envelope, null);
  }

  undoOf(id: string): { process: TicketProcess; target: RecordId; act: TicketAct }[] | null {
    const done = this.#done.get(id);
    if (!done) return null;
    const { process, target } = done;
    const acts = undoOf(done.act, done.before, done.after);
    return acts && acts.length > 0 ? acts.map((act) => ({ process, target, act })) : null;
  }

  #newId(): CommandId {
    return commandId(this.#ulid(this.#options.now()));
  }

  #remember(id: string, done: DoneHere): void {
    this.#done.set(id, done);
    const oldest = this.#done.keys().next().value;
    if (this.#done.size > UNDOABLE && oldest !== undefined) this.#done.delete(oldest);
  }
}

/** An act of this tab with the record around it, for taking it back. */
interface DoneHere {
  readonly process: TicketProcess;
  readonly target: RecordId;
  readonly act: TicketAct;
  readonly before: Ticket | null;
  readonly after: Ticket;
}

export interface TicketCommandsOptions {
  readonly tickets: Pick<Tickets, 'peek' | 'confirmed'>;
  readonly outbox: Pick<Outbox, 'submit'>;
  readonly around: () => Surroundings;
  /** Whether the directory, which rules look at, is on this device. */
  readonly knowsOrganisation: () => boolean;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
}

/** Acts of this tab that can be taken back. */
const UNDOABLE = 500;
