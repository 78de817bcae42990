import { NUMBER_PREFIX } from '@muster/domain/shared';
import type { TicketProcess } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

const DIGITS = 5;

/**
 * Numbers of records, one row a process and year. A number is taken in the transaction that creates its record, so
 * there are neither gaps nor doubles, and a refused or rolled back creation takes none.
 */
export class Numbers {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The number that the next record would get. Nothing is taken yet. */
  async next(process: TicketProcess, at: number): Promise<string> {
    const year = yearOf(at);
    const row = await this.#db
      .selectFrom('counter')
      .select('next')
      .where('process', '=', process)
      .where('year', '=', year)
      .executeTakeFirst();
    return `${NUMBER_PREFIX[process]}-${year}-${String(row?.next ?? 1).padStart(DIGITS, '0')}`;
  }

  /** Takes the number that `next` told. */
  async take(process: TicketProcess, at: number): Promise<void> {
    await this.#db
      .insertInto('counter')
      .values({ process, year: yearOf(at), next: 2 })
      .onConflict((conflict) =>
        conflict.columns(['process', 'year']).doUpdateSet((eb) => ({ next: eb('counter.next', '+', 1) })),
      )
      .execute();
  }
}

function yearOf(at: number): number {
  return new Date(at).getUTCFullYear();
}
