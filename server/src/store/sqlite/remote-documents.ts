import type { AudienceChange, CommittedUpdate, DocumentLog } from '../store.ts';
import { gathered } from '../gathered.ts';
import { AppendSender } from './append-sender.ts';
import { Listeners } from './listeners.ts';
import type { FromThread, ReaderOperations, Remote, WriterOperations } from './protocol.ts';
import type { Thread } from './thread.ts';
import type { EpochChange } from './write-unit.ts';

/** One group commit as the writer announces it. */
export type GroupCommitted = Extract<FromThread, { readonly kind: 'answers' }>;

/** Documents that are loaded with one question: not so many that a search must wait for them. */
const LOADED_AT_ONCE = 64;

/** The document log as the main thread sees it. */
export function openDocumentLog(
  thread: Thread,
  writer: Remote<WriterOperations>,
  reader: Remote<ReaderOperations>,
  commits: Listeners<[GroupCommitted]>,
  compact: (name: string) => Promise<void>,
): DocumentLog {
  const committed = new Listeners<[readonly CommittedUpdate[]]>();
  const epochs = new Listeners<[EpochChange]>();
  const audiences = new Listeners<[AudienceChange]>();
  commits.add((group) => {
    if (group.updates.length > 0) committed.tell(group.updates);
    for (const change of group.epochs) epochs.tell(change);
    for (const change of group.audiences ?? []) audiences.tell(change);
  });
  const sender = new AppendSender(thread);
  const loadReady = gathered((names: readonly string[]) => reader('load', names), LOADED_AT_ONCE);
  return {
    load: async (name) => (await loadReady(name)) ?? (await writer('load', name)),
    append: async (request) => {
      const [outcome] = await sender.append([request]);
      if (outcome === undefined) throw new Error('an append without outcome');
      return outcome;
    },
    appendAll: (requests) => sender.append(requests),
    keepRejected: (name, person, update, code) => writer('keepRejected', name, person, update.slice(), code),
    onCommitted: (listener) => committed.add(listener),
    currentNames: () => writer('currentNames'),
    onEpoch: (listener) => epochs.add(listener),
    onAudience: (listener) => audiences.add(listener),
    ownBoards: (person, processes) => writer('ownBoards', person, processes),
    rotate: (name, reason) => writer('rotate', name, reason),
    compact,
  };
}
