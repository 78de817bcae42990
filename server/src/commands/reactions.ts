import { reactionsTo } from '@muster/domain/flows';
import type { Reaction } from '@muster/domain/flows';
import { recordId } from '@muster/domain/shared';
import type { CommandEnvelope, Recorded, RecordId, Ticket, TicketEvent } from '@muster/domain/shared';
import { derivedCommandId } from './derived-id.ts';
import type { RecordChange } from './projection.ts';

/** What a ticket was merged into, and that into what; empty for one that was not. */
export type FindSurvivors = (ticket: Ticket) => Promise<ReadonlyMap<RecordId, Ticket>>;

/**
 * The commands that follow from what was just written, for the system to run. Their ids come from their event, so
 * that the same event never leads to the same thing twice.
 */
export async function commandsFollowing(
  changes: readonly RecordChange[],
  findSurvivors: FindSurvivors,
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  for (const { after, recorded } of changes) {
    const survivors = after.mergedInto === null ? new Map<RecordId, Ticket>() : await findSurvivors(after);
    for (const each of recorded) {
      for (const reaction of reactionsTo(each, after, survivors))
        commands.push(commandOf(reaction, after.id, each, survivors));
    }
  }
  return commands;
}

function commandOf(
  { process, target, part, act }: Reaction,
  cause: RecordId,
  { version, at }: Recorded<TicketEvent>,
  survivors: ReadonlyMap<RecordId, Ticket>,
): CommandEnvelope {
  const derive = (what: string) => derivedCommandId(`event:${cause}:${version}:${what}`, at);
  const { verb, ...args } = act;
  return {
    id: derive(part),
    type: `${process}.${verb}`,
    target: target === 'new' ? recordId(derive('new')) : target,
    args,
    basis: target === 'new' ? 0 : (survivors.get(target)?.version ?? 0),
    clientAt: at,
  };
}
