import type { CommandEnvelope, CommandId, CommandOutcome } from '@muster/domain/shared';
import { acknowledge, countAgain } from './acknowledged.ts';
import type { LocalDatabase } from './database.ts';
import { ERA_NOTE } from './era-store.ts';
import type { StoredAttention, StoredCommand, StoredRescue } from './local-schema.ts';

/**
 * Commands on their way, and those that came back with a no.
 * Every step is one transaction, so a tab killed anywhere leaves a command either waiting or answered:
 * never lost, and never both.
 */
export interface OutboxStore {
  /** Resolves when the command is on the disk. The same id twice is kept once. */
  add(envelope: CommandEnvelope): Promise<StoredCommand>;
  /** All that is not finished, in the order of making. */
  list(): Promise<readonly StoredCommand[]>;
  /**
   * Writes answers: applied ones stay until `finish`, the others move to attention.
   * `at` is when the answer came, epoch ms of this device; `serverAt` the same moment by the server's clock.
   */
  settle(outcomes: readonly CommandOutcome[], at: number, serverAt?: number): Promise<void>;
  /** The board shows them: nothing is left to remember. */
  finish(ids: readonly CommandId[]): Promise<void>;
  attention(): Promise<{
    readonly acts: readonly StoredAttention[];
    readonly texts: readonly StoredRescue[];
  }>;
  rescue(text: StoredRescue): Promise<void>;
  /** Keeps a refused act that the outbox on the disk never had. */
  setAside(act: StoredAttention): Promise<void>;
  dismiss(id: string): Promise<void>;
}

export function openOutboxStore(database: LocalDatabase): OutboxStore {
  return {
    add: (envelope) =>
      database.write(
        ['outbox', 'meta'],
        async (transaction) => {
          const store = transaction.objectStore('outbox');
          const before = await store.index('id').get(envelope.id);
          if (before?.order !== undefined) return { ...before, order: before.order };
          const era = eraOf(await transaction.objectStore('meta').get(ERA_NOTE));
          const command = { id: envelope.id, envelope, applied: null, era };
          return { ...command, order: await store.add(command) };
        },
        { strict: true },
      ),

    list: () =>
      database.read(['outbox'], async (transaction) => {
        const commands = await transaction.objectStore('outbox').getAll();
        return commands.map((command) => ({ ...command, order: command.order ?? 0 }));
      }),

    settle: (outcomes, at, serverAt = at) =>
      database.write(
        ['outbox', 'attention', 'acknowledged', 'meta'],
        async (transaction) => {
          const outbox = transaction.objectStore('outbox');
          const meta = transaction.objectStore('meta');
          const era = eraOf(await meta.get(ERA_NOTE));
          for (const outcome of outcomes) {
            const found = await outbox.index('id').get(outcome.id);
            // another tab was first, or the command was never kept here
            if (found?.order === undefined || found.applied) continue;
            const command = { ...found, order: found.order };
            await countAgain(meta, command, outcome);
            if (outcome.outcome === 'applied') {
              const applied = { version: outcome.version, number: outcome.number ?? null, at };
              await outbox.put({ ...command, applied });
              const kept = transaction.objectStore('acknowledged');
              await acknowledge(kept, command, outcome, { era, at: serverAt });
            } else {
              const { id, envelope } = command;
              await transaction.objectStore('attention').put({ id, at, envelope, outcome });
              await outbox.delete(command.order);
            }
          }
        },
        { strict: true },
      ),

    finish: (ids) =>
      database.write(['outbox'], async (transaction) => {
        const store = transaction.objectStore('outbox');
        for (const id of ids) {
          const order = await store.index('id').getKey(id);
          if (order !== undefined) await store.delete(order);
        }
      }),

    attention: () =>
      database.read(['attention', 'rescued'], async (transaction) => {
        const [acts, texts] = await Promise.all([
          transaction.objectStore('attention').getAll(),
          transaction.objectStore('rescued').getAll(),
        ]);
        return { acts, texts };
      }),

    rescue: (text) =>
      database.write(
        ['rescued'],
        async (transaction) => {
          await transaction.objectStore('rescued').put(text);
        },
        { strict: true },
      ),

    setAside: (act) =>
      database.write(
        ['attention'],
        async (transaction) => {
          await transaction.objectStore('attention').put(act);
        },
        { strict: true },
      ),

    dismiss: (id) =>
      database.write(['attention', 'rescued'], async (transaction) => {
        await Promise.all([
          transaction.objectStore('attention').delete(id),
          transaction.objectStore('rescued').delete(id),
        ]);
      }),
  };
}

function eraOf(note: { readonly value: unknown } | undefined): string | null {
  return typeof note?.value === 'string' ? note.value : null;
}
