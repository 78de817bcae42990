import type * as Y from 'yjs';

/** Which entries of which roots a write sets or removes. */
export function entriesWrittenBy(doc: Y.Doc, write: () => void): readonly string[] {
  const written: string[] = [];
  const note = ({ changedParentTypes }: Y.Transaction) => {
    for (const [type, events] of changedParentTypes) {
      const [root] = [...doc.share].find(([, each]) => each === (type as unknown)) ?? [];
      for (const event of events) for (const key of event.keys.keys()) written.push(`${root}.${key}`);
    }
  };
  doc.on('afterTransaction', note);
  doc.transact(write);
  doc.off('afterTransaction', note);
  return written.toSorted();
}
