import { NUMBER_PREFIX } from '@muster/domain/shared';
import type { CommandEnvelope, RecordProcess } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Eras } from './eras.ts';
import { isNumberTaken } from './owner-of-id.ts';

const DIGITS = 5;

interface ChosenNumber {
  readonly text: string;
  /** Whether it is the next of the counter, to be taken when the record is made. */
  readonly isNext: boolean;
}

/**
 * Numbers of records, one row a process and year. A number is taken in the transaction that creates its record, so
 * there are no doubles and, but for what a restore leaves out, no gaps; a refused or rolled back creation takes none.
 */
export class Numbers {
  readonly #db: Kysely<Database>;
  readonly #eras: Eras;

  constructor(db: Kysely<Database>, eras: Eras) {
    this.#db = db;
    this.#eras = eras;
  }

  /** The next number, or the one that a record had which a restore lost and which is made again now. */
  async forRecord(
    process: RecordProcess,
    at: number,
    { era, formerly }: Pick<CommandEnvelope, 'era' | 'formerly'>,
  ): Promise<ChosenNumber> {
    if (era !== undefined && formerly !== undefined && (await this.#isLost(process, era, formerly)))
      return { text: formerly, isNext: false };
    return { text: await this.next(process, at), isNext: true };
  }

  /** The number that the next record would get. Nothing is taken yet. */
  async next(process: RecordProcess, at: number): Promise<string> {
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
  async take(process: RecordProcess, at: number): Promise<void> {
    await this.#db
      .insertInto('counter')
      .values({ process, year: yearOf(at), next: 2 })
      .onConflict((conflict) =>
        conflict.columns(['process', 'year']).doUpdateSet((eb) => ({ next: eb('counter.next', '+', 1) })),
      )
      .execute();
  }

  /** Whether a number was left out by a restore after that era, and no record has it. */
  async #isLost(process: RecordProcess, era: string, text: string): Promise<boolean> {
    const [, year, count] =
      new RegExp(`^${NUMBER_PREFIX[process]}-([0-9]{4})-([0-9]{${DIGITS},9})$`).exec(text) ?? [];
    if (year === undefined || count === undefined) return false;
    const gap = await this.#db
      .selectFrom('number_gap')
      .select('generation')
      .where('process', '=', process)
      .where('year', '=', Number(year))
      .where('first', '<=', Number(count))
      .where('last', '>=', Number(count))
      .executeTakeFirst();
    if (gap === undefined || (await this.#eras.generationOf(era)) >= gap.generation) return false;
    return !(await isNumberTaken(this.#db, text));
  }
}

function yearOf(at: number): number {
  return new Date(at).getUTCFullYear();
}
