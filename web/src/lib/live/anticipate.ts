import { deciderOf } from '@muster/domain';
import { isTicketProcess, unreachable } from '@muster/domain/shared';
import type {
  Actor,
  CommandEnvelope,
  CommandId,
  Directory,
  RecordId,
  Recorded,
  RefusalContent,
  Cause,
  Ticket,
  TicketCommand,
  TicketEvent,
} from '@muster/domain/shared';

/** What the anticipation looks at beside the record. */
export interface Surroundings {
  readonly actor: Actor;
  readonly directory: Directory;
  /** Other records as they are shown here. */
  readonly ticket: (id: RecordId) => Ticket | undefined;
}

export type Anticipated =
  | { readonly answer: 'yes'; readonly ticket: Ticket; readonly events: readonly Recorded<TicketEvent>[] }
  | { readonly answer: 'no'; readonly refusal: RefusalContent }
  | { readonly answer: 'too-late'; readonly by: Cause; readonly reason: string };

/** Runs the server's own rules here: what the record becomes if the server agrees. */
export function anticipate(
  before: Ticket | null,
  command: TicketCommand,
  envelope: Pick<CommandEnvelope, 'target' | 'clientAt'>,
  around: Surroundings,
): Anticipated {
  const { decide, evolve, relatedTo } = deciderOf(command.process);
  const related = new Map<RecordId, Ticket>();
  for (const id of relatedTo(command)) addWithSurvivors(related, id, around);
  const { target, clientAt } = envelope;
  const result = decide(before, command, {
    actor: around.actor,
    now: clientAt,
    clientAt,
    target,
    since: [],
    number: null,
    directory: around.directory,
    related,
  });
  if (!result.ok) return { answer: 'no', refusal: result.refusal };
  if (result.value.superseded) return { answer: 'too-late', ...result.value.superseded };
  let ticket = before;
  const events: Recorded<TicketEvent>[] = [];
  for (const event of result.value.events) {
    const version = (ticket?.version ?? 0) + 1;
    const recorded = { seq: 0, version, event, actor: around.actor.id, at: clientAt, clientAt };
    ticket = evolve(ticket, recorded, target);
    events.push(recorded);
  }
  if (!ticket)
    return { answer: 'no', refusal: { code: `${command.process}/no-such-record`, record: target } };
  return { answer: 'yes', ticket, events };
}

/** An event that a command of this device would make. */
export interface OwnEvent {
  readonly command: CommandId;
  readonly recorded: Recorded<TicketEvent>;
}

/** A record with everything that waits for it folded in. Acts that the rules refuse meanwhile change nothing. */
export function foldPending(
  before: Ticket | null,
  envelopes: readonly CommandEnvelope[],
  around: Surroundings,
): { readonly ticket: Ticket | null; readonly events: readonly OwnEvent[] } {
  let ticket = before;
  const events: OwnEvent[] = [];
  for (const envelope of envelopes) {
    const command = ticketCommandOf(envelope);
    if (!command) continue;
    const anticipated = anticipate(ticket, command, envelope, around);
    switch (anticipated.answer) {
      case 'yes':
        ticket = anticipated.ticket;
        events.push(...anticipated.events.map((recorded) => ({ command: envelope.id, recorded })));
        break;
      case 'no':
      case 'too-late':
        break;
      default:
        unreachable(anticipated);
    }
  }
  return { ticket, events };
}

/** The command inside an envelope; null when it is not about a ticket. */
export function ticketCommandOf(envelope: Pick<CommandEnvelope, 'type' | 'args'>): TicketCommand | null {
  const [process, verb] = envelope.type.split('.');
  if (!process || !verb || !isTicketProcess(process)) return null;
  // made by this client's own `run`, so of the shape that its types say
  return { ...(envelope.args as object), verb, process } as TicketCommand;
}

/** A merge is decided by looking at what its target was merged into, and so on. */
function addWithSurvivors(related: Map<RecordId, Ticket>, id: RecordId, around: Surroundings): void {
  const ticket = around.ticket(id);
  if (!ticket || related.has(id)) return;
  related.set(id, ticket);
  if (ticket.mergedInto) addWithSurvivors(related, ticket.mergedInto, around);
}
