import { KINDS } from '@muster/documents';
import type { Actor, CommandEnvelope, CommandOutcome } from '@muster/domain/shared';
import { mayDeploy } from '@muster/domain/flows';
import { HistoryImport } from '../../commands/import.ts';
import { CommandPath } from '../../commands/path.ts';
import { RecordWriter } from '../../commands/record-writer.ts';
import { readGateWorld } from '../gate.ts';
import type { History, HistoryOutcome, LoadedDocument, PastAct } from '../store.ts';
import { AlertTables } from './alerts/alert-tables.ts';
import { AlertWork } from './alerts/alert-work.ts';
import { FROZEN_READABLE_MS } from './documents/frozen.ts';
import type { NotePlans } from './documents/room-index.ts';
import { loadedDocument } from './documents/loaded-document.ts';
import { DocumentProjection } from './projection.ts';
import type { Implemented, WriterOperations } from './protocol.ts';
import type { WriteUnit } from './write-unit.ts';
import type { WriterContext } from './writer-context.ts';

/** What the writer does on request, each inside a savepoint of the running group. */
export function writerOperations(context: WriterContext): Implemented<WriterOperations, [WriteUnit]> {
  const { statements, people, epochs, snapshots, roomKeeping } = context;
  return {
    execute: (_unit, statement) => statements.execute(statement),
    together: (_unit, list) => list.map((statement) => statements.execute(statement)),
    load: (unit, name) => loadDocument(context, unit, name),
    appendAll: (unit, packed) => people.appendAll(unit, packed, Date.now()),
    keepRejected: (_unit, name, person, update, code) =>
      people.keepRejected(name, person, update, code, Date.now()),
    currentNames: () => epochs.currentNames(),
    ownBoards: (unit, person, processes) => epochs.ownBoards(unit, person, processes, Date.now()),
    rotate: async (unit, name, reason) =>
      await epochs.rotate(unit, name, reason, await context.directory(), Date.now()),
    keepFold: (_unit, fold) => snapshots.keep(fold),
    foldFailed: (_unit, name) => snapshots.failed(name),
    prune: (_unit, name) => snapshots.prune(name),
    keepCheckpoint: (_unit, checkpoint) => roomKeeping.keepCheckpoint(checkpoint),
    keepSegment: (_unit, segment) => roomKeeping.keepSegment(segment),
    pruneRaw: (_unit, name) => roomKeeping.pruneRaw(name),
    run: (unit, commands, actor) => runCommands(context, unit, commands, actor),
    actOut: (unit, acts) => actOut(context, unit, acts),
    importHistories: (unit, histories, { dryRun }) =>
      dryRun
        ? rehearse(unit, () => importAll(context, unit, histories))
        : importAll(context, unit, histories),
    workAlerts: (unit, limit) => {
      const now = Date.now();
      const tables = new AlertTables(statements);
      const tools = { ...context.tools, directory: () => context.directory() };
      return new AlertWork(tables, tools, commandPath(context, unit, now), now).run(limit);
    },
    tell: async (unit, told) => {
      const projection = new DocumentProjection(context, unit, Date.now());
      for (const { person, item } of told) await projection.tell(person, item);
    },
    refreshDirectory: (unit) => context.refreshDirectory(unit, Date.now()),
    mayDeploy: async (_unit, question, now) => {
      const { services } = await context.directory();
      const { map } = await context.configuration.facts();
      const ways = { map, dependencies: await context.book.dependencies() };
      const asked = { service: question.service, named: question.change ?? null, now };
      return mayDeploy(question, await readGateWorld(context.db, services, ways, asked), now);
    },
    servicesOf: (_unit, sets) => context.book.servicesOf(sets),
    backedUp: (_unit, at) => void statements.prepare('update instance set last_backup_at = ?').run(at),
  };
}

export function isWriterOperation(operations: object, name: string): name is keyof WriterOperations {
  return Object.hasOwn(operations, name);
}

async function runCommands(
  context: WriterContext,
  unit: WriteUnit,
  commands: readonly CommandEnvelope[],
  actor: Actor,
): Promise<readonly CommandOutcome[]> {
  const now = Date.now();
  const path = commandPath(context, unit, now);
  const outcomes: CommandOutcome[] = [];
  for (const command of commands) outcomes.push(await unit.savepoint(() => path.run(command, actor, now)));
  return outcomes;
}

/** Shows what was written, and tells nobody. */
class QuietProjection extends DocumentProjection {
  override tell(): Promise<void> {
    return Promise.resolve();
  }
}

/** What is longer ago than this is news to nobody. */
const NEWS_MS = 36 * 60 * 60 * 1000;

async function actOut(
  context: WriterContext,
  unit: WriteUnit,
  acts: readonly PastAct[],
): Promise<readonly CommandOutcome[]> {
  const outcomes: CommandOutcome[] = [];
  for (const { command, actor, at } of acts) {
    const Shown = at < Date.now() - NEWS_MS ? QuietProjection : DocumentProjection;
    const projection = new Shown(context, unit, at);
    const tools = { ...context.tools, directory: () => context.directory() };
    const path = new CommandPath(tools, projection);
    outcomes.push(await unit.savepoint(() => path.run(command, actor, at)));
  }
  return outcomes;
}

/** Has the rules look at what the room of a change says now, as the server itself does before each command. */
export function planNoter(context: WriterContext): NotePlans {
  return async (unit, change) => {
    const now = Date.now();
    await commandPath(context, unit, now).notePlans(change, now);
  };
}

function commandPath(context: WriterContext, unit: WriteUnit, now: number): CommandPath {
  return new CommandPath(
    { ...context.tools, directory: () => context.directory() },
    new DocumentProjection(context, unit, now),
  );
}

function importAll(
  context: WriterContext,
  unit: WriteUnit,
  histories: readonly History[],
): Promise<readonly HistoryOutcome[]> {
  const writer = new RecordWriter(context.tools, new DocumentProjection(context, unit, Date.now()));
  return new HistoryImport(context.db, writer).run(histories);
}

class Rehearsed extends Error {}

/** Does everything that the real run does, then takes it back: the same answer, and no trace. */
async function rehearse<T>(unit: WriteUnit, work: () => Promise<T>): Promise<T> {
  let answer: { readonly value: T } | null = null;
  try {
    await unit.savepoint(async () => {
      answer = { value: await work() };
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed) || answer === null) throw error;
  }
  return (answer as unknown as { readonly value: T }).value;
}

async function loadDocument(
  context: WriterContext,
  unit: WriteUnit,
  name: string,
): Promise<LoadedDocument | null> {
  const now = Date.now();
  const row = await context.materialiser.ensure(unit, name, now);
  if (row === undefined) return null;
  if (row.frozen_at !== null && now - row.frozen_at > FROZEN_READABLE_MS) return null;
  const read = context.log.read(row);
  if (read.damage === null) return loadedDocument(row, read);
  if (row.frozen_at === null && KINDS[row.kind].writer === 'server') {
    const again = await context.remake(unit, row, now);
    if (again !== undefined) return loadedDocument(again, context.log.read(again));
  }
  context.log.markDamaged(name, now);
  return loadedDocument({ ...row, damaged_at: now }, read);
}
