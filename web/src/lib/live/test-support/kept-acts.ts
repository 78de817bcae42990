import type { CommandEnvelope } from '@muster/domain/shared';
import type { PendingCommand } from '../../connection/pending-command.ts';

/** A device's outbox that sends nothing: acts wait until the test answers them. */
export class KeptActs {
  readonly #listeners = new Set<() => void>();
  #commands: readonly PendingCommand[] = [];

  get commands(): readonly PendingCommand[] {
    return this.#commands;
  }

  get types(): readonly string[] {
    return this.#commands.map(({ envelope }) => envelope.type);
  }

  readonly submit = (envelope: CommandEnvelope) => {
    this.#set([...this.#commands, { id: envelope.id, envelope, kept: true, applied: null, again: false }]);
    return { kept: Promise.resolve('kept' as const), settled: new Promise<never>(() => undefined) };
  };

  readonly finish = (ids: readonly string[]): void => {
    this.#set(this.#commands.filter(({ id }) => !ids.includes(id)));
  };

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly onAnswered = (): (() => void) => () => undefined;

  /** The server says yes to the oldest act that waits, with the version it made, at a moment of the device's clock. */
  answer(applied: { readonly version: number; readonly at: number; readonly number?: string | null }): void {
    const first = this.#commands.find((each) => each.applied === null);
    if (first === undefined) throw new Error('nothing waits');
    this.#set(
      this.#commands.map((each) =>
        each === first ? { ...each, applied: { number: null, ...applied } } : each,
      ),
    );
  }

  /** The server says no to the oldest act that waits. */
  refuse(): void {
    const first = this.#commands.find(({ applied }) => applied === null);
    if (first === undefined) throw new Error('nothing waits');
    this.finish([first.id]);
  }

  /** Something else of the outbox moved. */
  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #set(commands: readonly PendingCommand[]): void {
    this.#commands = commands;
    this.tell();
  }
}
