import type { LoadedDocument } from '../store.ts';
import { FROZEN_READABLE_MS } from './documents/epoch-documents.ts';
import type { Implemented, WriterOperations } from './protocol.ts';
import type { WriteUnit } from './write-unit.ts';
import type { WriterContext } from './writer-context.ts';

/** What the writer does on request, each inside a savepoint of the running group. */
export function writerOperations(context: WriterContext): Implemented<WriterOperations, [WriteUnit]> {
  const { statements, people, epochs } = context;
  return {
    execute: (_unit, statement) => statements.execute(statement),
    together: (_unit, list) => list.map((statement) => statements.execute(statement)),
    load: (unit, name) => loadDocument(context, unit, name),
    append: (unit, request) => people.append(unit, request, Date.now()),
    keepRejected: (_unit, name, person, update, code) =>
      people.keepRejected(name, person, update, code, Date.now()),
    currentNames: () => epochs.currentNames(),
    rotate: async (unit, name, reason) =>
      await epochs.rotate(unit, name, reason, await context.directory(), Date.now()),
    refreshDirectory: (unit) => context.refreshDirectory(unit, Date.now()),
  };
}

export function isWriterOperation(operations: object, name: string): name is keyof WriterOperations {
  return Object.hasOwn(operations, name);
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
  const { snapshot, tail, damage } = context.log.read(row);
  if (damage !== null) context.log.markDamaged(name, now);
  return {
    name,
    epoch: row.epoch,
    layout: row.layout,
    headSeq: row.head_seq,
    damaged: damage !== null || row.damaged_at !== null,
    snapshot,
    tail,
  };
}
