import { reactionsTo, relatedForReactions } from '@muster/domain/flows';
import type { Reaction } from '@muster/domain/flows';
import { recordId } from '@muster/domain/shared';
import type {
  CommandEnvelope,
  Directory,
  Recorded,
  RecordId,
  Ticket,
  TicketEvent,
} from '@muster/domain/shared';
import { derivedCommandId, sealedId } from './derived-id.ts';
import type { RecordChange } from './projection.ts';

/** Records and what they were merged into, and that into what. */
export type FindRelated = (ids: readonly RecordId[]) => Promise<ReadonlyMap<RecordId, Ticket>>;

/**
 * The commands that follow from what was just written, for the system to run. Their ids come from their event, so
 * that the same event never leads to the same thing twice.
 */
export async function commandsFollowing(
  changes: readonly RecordChange[],
  findRelated: FindRelated,
  directory: () => Promise<Directory>,
  secret: () => Promise<string>,
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  for (const { after, recorded } of changes) {
    const related = await findRelated(relatedForReactions(after, recorded));
    const around = { related, directory: await directory() };
    for (const each of recorded) {
      for (const reaction of reactionsTo(each, after, around)) {
        commands.push(commandOf(reaction, await secret(), after, each, related));
      }
    }
  }
  return commands;
}

function commandOf(
  { process, target, part, act }: Reaction,
  secret: string,
  cause: Ticket,
  { version, at }: Recorded<TicketEvent>,
  related: ReadonlyMap<RecordId, Ticket>,
): CommandEnvelope {
  const derive = (what: string) => derivedCommandId(`event:${cause.id}:${version}:${what}`, at);
  const { verb, ...args } = act;
  return {
    id: derive(part),
    type: `${process}.${verb}`,
    target: target === 'new' ? recordId(sealedId(derive('new'), secret)) : target,
    args,
    basis: target === 'new' ? 0 : ((target === cause.id ? cause : related.get(target))?.version ?? 0),
    clientAt: at,
  };
}
