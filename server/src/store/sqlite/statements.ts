import type Sqlite from 'better-sqlite3';
import type { Connection } from './connection.ts';

/** A compiled query and its answer as they cross threads. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface StatementResult {
  readonly rows: unknown[];
  readonly numAffectedRows?: bigint;
  readonly insertId?: bigint;
}

const KEPT_STATEMENTS = 500;

/** Runs SQL on one connection and keeps the prepared statements of the texts used last. */
export class Statements {
  readonly connection: Connection;
  readonly #prepared = new Map<string, Sqlite.Statement>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  prepare(sql: string): Sqlite.Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.connection.prepare(sql);
    if (this.#prepared.size >= KEPT_STATEMENTS) {
      const oldest = this.#prepared.keys().next().value;
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    this.#prepared.set(sql, statement);
    return statement;
  }

  execute({ sql, parameters }: Statement): StatementResult {
    const statement = this.prepare(sql);
    const values = parameters.map(bindable);
    if (statement.reader) {
      const rows = statement.all(...values);
      return statement.readonly ? { rows } : { rows, numAffectedRows: BigInt(rows.length) };
    }
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }
}

/** SQLite binds neither booleans, dates nor undefined; libraries that write through Kysely pass them all the same. */
function bindable(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return value;
}
