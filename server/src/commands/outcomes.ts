import type { CommandEnvelope, Outcome, PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { canonicalJson } from '../store/canonical-json.ts';
import type { Database } from '../store/schema.ts';

/** What was answered to every command, for ever: the same id again gets the same answer. */
export class Outcomes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * The answer that a command got before; null when its id is new, `others` when the id belongs to another person's
   * command, `reused` when it belongs to another act of theirs.
   */
  async find(command: CommandEnvelope, person: PersonId): Promise<Outcome | 'others' | 'reused' | null> {
    const row = await this.#db
      .selectFrom('command')
      .selectAll()
      .where('id', '=', command.id)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.person !== person) return 'others';
    const same = row.type === command.type && row.target === command.target && row.args === argsText(command);
    return same ? (JSON.parse(row.outcome) as Outcome) : 'reused';
  }

  async keep(command: CommandEnvelope, person: PersonId, outcome: Outcome, now: number): Promise<void> {
    await this.#db
      .insertInto('command')
      .values({
        id: command.id,
        person,
        type: command.type,
        target: command.target,
        args: argsText(command),
        outcome: JSON.stringify(outcome),
        at: now,
      })
      .execute();
  }
}

function argsText(command: CommandEnvelope): string {
  return canonicalJson(command.args ?? null);
}
