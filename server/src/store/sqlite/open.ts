import { Kysely } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../schema.ts';
import type { GroupReport, Store, StoreEra, StoreHealth } from '../store.ts';
import { Compactor } from './compactor.ts';
import { statementDialect } from './dialect.ts';
import { assertNotLost } from './left-behind.ts';
import { Listeners } from './listeners.ts';
import type {
  AnalystOperations,
  KeeperOperations,
  ReaderOperations,
  Remote,
  ReplayerOperations,
  WriterOperations,
} from './protocol.ts';
import { Planners } from './planners.ts';
import { remoteCommands } from './remote-commands.ts';
import { openDocumentLog } from './remote-documents.ts';
import { roomHistory } from './rooms/remote-rooms.ts';
import type { GroupCommitted } from './remote-documents.ts';
import type { Statement, StatementResult } from './statements.ts';
import { storeThread } from './store-thread.ts';
import { LazyThread, Thread, remote } from './thread.ts';
import { trendDesk } from './trend-desk.ts';
import type { WriterOptions } from './writer.ts';

export interface SqliteStoreOptions {
  /** The database file; its folder is made when missing. */
  readonly file: string;
  /** The folder was put back whole from a copy: begin a new generation (see instance.ts). */
  readonly restored?: boolean;
  /** Upper bound of the database in pages of 4 KB; for tests of a full disk. */
  readonly maxPages?: number | undefined;
  /** How long after a restore devices may bring back what others wrote (see documents/recovery.ts); ms. */
  readonly recoveryMs?: number | undefined;
  /** Whether news goes out by mail (see channels/queue-mail.ts). */
  readonly mail?: boolean | undefined;
}

const USUAL_RECOVERY_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Opens the store in a SQLite file, with its writer and reader on threads of their own.
 * Throws BoundaryError: `store/newer-than-code` for a file of a later version, `store/missing` where there was one,
 * `store/io-error`, `store/disk-full`.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  mkdirSync(dirname(options.file), { recursive: true });
  assertNotLost(options.file);
  const health = new Listeners<[StoreHealth]>();
  const commits = new Listeners<[GroupCommitted]>();
  const onStopped = (): void =>
    health.tell({ ok: false, code: 'stopped', text: 'A thread of the store has stopped.' });
  const writerOptions: WriterOptions = {
    file: options.file,
    restored: options.restored ?? false,
    maxPages: options.maxPages ?? null,
    recoveryMs: options.recoveryMs ?? USUAL_RECOVERY_MS,
    mail: options.mail ?? false,
  };
  const writerThread = await Thread.start(storeThread('writer'), writerOptions, {
    onCommit: (message) => commits.tell(message),
    onHealth: (message) => health.tell(message.health),
    onStopped,
  });
  const file = { file: options.file };
  const readerThread = await Thread.start(storeThread('reader'), file, { onStopped }).catch(
    async (error: unknown) => {
      await writerThread.close();
      throw error;
    },
  );

  const writer = remote<WriterOperations>(writerThread);
  const reader = remote<ReaderOperations>(readerThread);
  const keeperThread = new LazyThread(storeThread('keeper'), file);
  const keeper = async (): Promise<Remote<KeeperOperations>> =>
    remote<KeeperOperations>(await keeperThread.opened());
  const replayerThread = new LazyThread(storeThread('replayer'), file);
  const replayer = async (): Promise<Remote<ReplayerOperations>> =>
    remote<ReplayerOperations>(await replayerThread.opened());
  const analystThread = new LazyThread(storeThread('analyst'), file);
  const analyst = async (): Promise<Remote<AnalystOperations>> =>
    remote<AnalystOperations>(await analystThread.opened());
  const planners = new Planners(file);
  const compactor = new Compactor(writer, keeper);
  commits.add(({ grown }) => compactor.noteGrowth(grown));
  const groups = new Listeners<[GroupReport]>();
  commits.add(({ group, grown }) => group && groups.tell({ ...group, grown }));
  const writerDb = proxied((statement) => writer('execute', statement));
  const readerDb = proxied((statement) => reader('execute', statement));

  return {
    era: await readEra(readerDb),
    documents: openDocumentLog(writerThread, writer, reader, commits, (name) => compactor.compact(name)),
    rooms: roomHistory(writer, replayer, (before) => compactor.keepRooms(before)),
    trends: trendDesk(analyst),
    imports: planners.desk,
    map: {
      mayDeploy: (question, now) => writer('mayDeploy', question, now),
      servicesOf: (sets) => writer('servicesOf', sets),
    },
    writer: writerDb,
    reader: readerDb,
    commands: remoteCommands(writer),
    workAlerts: (limit) => writer('workAlerts', limit),
    tell: (told) => writer('tell', told),
    together: async (queries) => {
      const statements = queries.map((query) => query.compile());
      await writer(
        'together',
        statements.map(({ sql, parameters }) => ({ sql, parameters })),
      );
    },
    backup: async (file) => {
      const at = Date.now();
      await (
        await keeper()
      )('backup', file, at);
      await writer('backedUp', at);
    },
    verify: async () => (await keeper())('verify'),
    refreshDirectory: () => writer('refreshDirectory'),
    status: () => reader('status'),
    onHealth: (listener) => health.add(listener),
    onGroup: (listener) => groups.add(listener),
    close: async () => {
      await compactor.close();
      await keeperThread.close();
      await replayerThread.close();
      await analystThread.close();
      await planners.close();
      await readerThread.close();
      // Last, so that closing it folds the write-ahead log into the file.
      await writerThread.close();
    },
  };
}

async function readEra(db: Kysely<Database>): Promise<StoreEra> {
  const { era, generation } = await db
    .selectFrom('instance')
    .select(['era', 'generation'])
    .executeTakeFirstOrThrow();
  const restore = await db
    .selectFrom('restore')
    .select(['at', 'backup_taken_at'])
    .where('era', '=', era)
    .executeTakeFirst();
  const restored = restore === undefined ? null : { at: restore.at, backupTakenAt: restore.backup_taken_at };
  return { era, generation, restored };
}

function proxied(execute: (statement: Statement) => Promise<StatementResult>): Kysely<Database> {
  return new Kysely<Database>({ dialect: statementDialect(execute, { transactions: false }) });
}
