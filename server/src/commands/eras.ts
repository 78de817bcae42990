import type { RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

/**
 * What the present history has in common with an era of the past. A restore replaces history from some event on:
 * a command whose author saw a version of the history that was replaced has seen nothing after that event here.
 */
export class Eras {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The generation of an era; 0 for the first one, and for one that was itself replaced and that nobody knows. */
  async generationOf(era: string): Promise<number> {
    const row = await this.#db
      .selectFrom('restore')
      .select('generation')
      .where('era', '=', era)
      .executeTakeFirst();
    return row?.generation ?? ((await this.#isPresent(era)) ? 1 : 0);
  }

  /** The last version of a record that the era's history and this one share; null when they are the same history. */
  async lastCommonVersion(record: RecordId, era: string): Promise<number | null> {
    if (await this.#isPresent(era)) return null;
    const fork = await this.#db
      .selectFrom('restore')
      .select((eb) => eb.fn.min('event_seq').as('seq'))
      .where('generation', '>', await this.generationOf(era))
      .executeTakeFirst();
    if (fork?.seq == null) return null;
    const last = await this.#db
      .selectFrom('event')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('record', '=', record)
      .where('seq', '<=', fork.seq)
      .executeTakeFirst();
    return last?.version ?? 0;
  }

  async #isPresent(era: string): Promise<boolean> {
    const row = await this.#db.selectFrom('instance').select('era').executeTakeFirst();
    return row?.era === era;
  }
}
