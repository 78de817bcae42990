import { CompiledQuery, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { BoundaryError } from '../boundary-error.ts';
import type { Database } from '../schema.ts';
import type { Statement, StatementResult, Statements } from './statements.ts';

export type Execute = (statement: Statement) => StatementResult | Promise<StatementResult>;

/**
 * A SQLite dialect over any function that runs a statement: the connection of this thread, or the port to the
 * thread that owns it. Across a port each statement is a transaction of its own, so `begin` is refused there.
 */
export function statementDialect(execute: Execute, options: { readonly transactions: boolean }): Dialect {
  return {
    createAdapter: () => new StatementAdapter(options.transactions),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => new StatementDriver(execute, options.transactions),
  };
}

/** Queries over the connection of this thread. */
export function queriesOver(statements: Pick<Statements, 'execute'>): Kysely<Database> {
  const execute: Execute = (statement) => statements.execute(statement);
  return new Kysely<Database>({ dialect: statementDialect(execute, { transactions: false }) });
}

class StatementAdapter extends SqliteAdapter {
  readonly #transactions: boolean;

  constructor(transactions: boolean) {
    super();
    this.#transactions = transactions;
  }

  /** Tables of SQLite change in transactions like rows, so that migrations happen wholly or not at all. */
  override get supportsTransactionalDdl(): boolean {
    return this.#transactions;
  }
}

class StatementDriver implements Driver {
  readonly #connection: StatementConnection;
  readonly #transactions: boolean;

  constructor(execute: Execute, transactions: boolean) {
    this.#connection = new StatementConnection(execute);
    this.#transactions = transactions;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    if (!this.#transactions) throw new BoundaryError('store/no-transactions');
    await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    if (this.#transactions) await this.#connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class StatementConnection implements DatabaseConnection {
  readonly #execute: Execute;

  constructor(execute: Execute) {
    this.#execute = execute;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#execute({ sql: query.sql, parameters: query.parameters });
    // The one place where rows get the type that Kysely derived for them from the query.
    return { ...result, rows: result.rows as R[] };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }
}
