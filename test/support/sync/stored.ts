/** What the store of a test server holds, for comparing clients with it. */
import { kindOf, rootTypeOf } from '@muster/documents';
import type { RootType } from '@muster/documents';
import type { RecordId, Recorded, TicketEvent } from '@muster/domain/shared';
import { personId } from '@muster/domain/shared';
import type { TestServer } from '@muster/server/testing';
import * as Y from 'yjs';

type Storing = Pick<TestServer, 'store'>;

/** A document as its log makes it. */
export async function storedDocument({ store }: Storing, name: string): Promise<Y.Doc> {
  const loaded = await store.documents.load(name);
  if (loaded === null) throw new Error(`there is no ${name}`);
  const doc = new Y.Doc();
  if (loaded.snapshot !== null) Y.applyUpdate(doc, loaded.snapshot);
  for (const update of loaded.tail) Y.applyUpdate(doc, update);
  return doc;
}

/** A record's events, oldest first. */
export async function storedHistory(
  { store }: Storing,
  record: RecordId,
): Promise<readonly Recorded<TicketEvent>[]> {
  const rows = await store.reader
    .selectFrom('event')
    .selectAll()
    .where('record', '=', record)
    .orderBy('version')
    .execute();
  return rows.map(({ seq, version, data, actor, at, client_at: clientAt }) => ({
    seq,
    version,
    event: JSON.parse(data) as TicketEvent,
    actor: personId(actor),
    at,
    clientAt,
  }));
}

/** Head of every document's log, by name. */
export async function heads({ store }: Storing): Promise<ReadonlyMap<string, number>> {
  const rows = await store.reader.selectFrom('document').select(['name', 'head_seq']).execute();
  return new Map(rows.map((row) => [row.name, row.head_seq]));
}

/** A state vector in words, the same for equal ones. */
export function vectorOf(doc: Y.Doc): string {
  const vector = Y.decodeStateVector(Y.encodeStateVector(doc));
  return JSON.stringify([...vector].toSorted(([a], [b]) => a - b));
}

/** All that a copy of a document holds, with its deletes, the same for equal ones. */
export function stateOf(name: string, doc: Y.Doc): string {
  const kind = kindOf(name);
  // roots show their content once their type is known
  for (const root of [...doc.share.keys()]) {
    const type = kind === null ? null : rootTypeOf(kind, root);
    if (type !== null) ROOTS[type](doc, root);
  }
  const deleted = Y.createDeleteSetFromStructStore(doc.store);
  const ranges = [...deleted.clients].map(
    ([client, items]) => [client, items.map(({ clock, len }) => [clock, len])] as const,
  );
  // a root that nobody wrote in is there in one copy and not in the other
  const written = Object.entries(doc.toJSON()).filter(
    ([, held]) => !['""', '[]', '{}'].includes(JSON.stringify(held)),
  );
  const content = written.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([vectorOf(doc), ranges.toSorted(([a], [b]) => a - b), content]);
}

const ROOTS: Readonly<Record<RootType, (doc: Y.Doc, root: string) => unknown>> = {
  map: (doc, root) => doc.getMap(root),
  array: (doc, root) => doc.getArray(root),
  text: (doc, root) => doc.getText(root),
  xml: (doc, root) => doc.getXmlFragment(root),
};
