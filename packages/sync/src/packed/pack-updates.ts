import * as Y from 'yjs';
import { packState } from './pack.ts';

/** The state that updates make, packed; null when it does not pack. Slow: see `packState`. */
export function packUpdates(updates: readonly Uint8Array[]): Uint8Array | null {
  const doc = new Y.Doc({ guid: '' });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  // what waits for something that never came would be in a step 2 and is not in this state
  const whole = doc.store.pendingStructs === null && doc.store.pendingDs === null;
  const packed = whole ? packState(Y.encodeStateAsUpdate(doc)) : null;
  doc.destroy();
  return packed;
}
