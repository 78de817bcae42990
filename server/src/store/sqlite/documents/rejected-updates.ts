import type { Statements } from '../statements.ts';

/** Newest of a person in one document: a client that goes on and on drives out its own, not those of other documents. */
const OF_A_DOCUMENT = 20;
/** And in all documents together, so that nobody fills the disk with what is refused. */
export const OF_A_PERSON = { rows: 200, bytes: 16 * 1024 * 1024 };

/** The bytes that were refused of people, for them to recover from. Housekeeping takes them away when they are old. */
export class RejectedUpdates {
  readonly #statements: Statements;
  readonly #ofAPerson: typeof OF_A_PERSON;

  constructor(statements: Statements, ofAPerson = OF_A_PERSON) {
    this.#statements = statements;
    this.#ofAPerson = ofAPerson;
  }

  keep(name: string, person: string, update: Uint8Array, code: string, now: number): void {
    this.#statements
      .prepare('insert into rejected_update (name, person, bin, code, at) values (?, ?, ?, ?, ?)')
      .run(name, person, update, code, now);
    this.#statements
      .prepare(
        `delete from rejected_update where name = ? and person = ? and id <= (
          select id from rejected_update where name = ? and person = ? order by id desc limit 1 offset ?)`,
      )
      .run(name, person, name, person, OF_A_DOCUMENT);
    this.#dropOldest(person);
  }

  /** The newest one stays, whatever its size. */
  #dropOldest(person: string): void {
    const { rows, bytes } = this.#ofAPerson;
    this.#statements
      .prepare(
        `delete from rejected_update where id in (
          select id from (
            select id, row_number() over newest as place, sum(length(bin)) over newest as total
            from rejected_update where person = ? window newest as (order by id desc))
          where place > 1 and (place > ? or total > ?))`,
      )
      .run(person, rows, bytes);
  }
}
