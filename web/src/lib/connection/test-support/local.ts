import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import type { CommandEnvelope } from '@muster/domain/shared';
import { commandId, recordId } from '@muster/domain/shared';
import { openLocalDatabase } from '../database.ts';
import type { LocalDatabase } from '../database.ts';
import type { TabChannel } from '../tabs.ts';

/** An empty disk for one test: everything stored before is gone. */
export function freshDisk(): void {
  globalThis.indexedDB = new IDBFactory();
}

export function localDatabase(person = 'ANA'): LocalDatabase {
  return openLocalDatabase(person);
}

let made = 0;

/** A claim of a record, with an id that sorts in the order of making. */
export function claim(target = 'R1'): CommandEnvelope {
  made += 1;
  return {
    id: commandId(`C${String(made).padStart(6, '0')}`),
    type: 'incident.claim',
    target: recordId(target),
    args: {},
    basis: 1,
    clientAt: made,
  };
}

/** Tabs of one browser that hear each other, without a browser. */
export function tabsOfOneBrowser(): () => TabChannel {
  const listeners = new Set<{ readonly tab: object; readonly hear: (message: unknown) => void }>();
  return () => {
    const tab = {};
    return {
      post(message) {
        const copy = structuredClone(message);
        for (const other of listeners) if (other.tab !== tab) queueMicrotask(() => other.hear(copy));
      },
      onMessage(hear) {
        const entry = { tab, hear };
        listeners.add(entry);
        return () => void listeners.delete(entry);
      },
      close() {
        for (const entry of listeners) if (entry.tab === tab) listeners.delete(entry);
      },
    };
  };
}
