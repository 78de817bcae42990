/** Documents opened cold, and sockets that then say nothing: what a second and what memory they cost. */
import { Arena } from '../run/arena.ts';
import type { Prepared, ServerName } from '../servers/server.ts';
import type { Memory } from '../servers/usage.ts';
import type { Column, Figures, Occasion, Scenario } from './scenario.ts';

const KB = 1_024;
const MB = KB * 1_024;
const GENERATORS = 2;
/** Opened before anything is measured, so that code is compiled and buffers exist. */
const WARM_UP = 50;

const MEMORY_COLUMNS: readonly Column[] = [
  { name: 'rss', unit: 'KB RSS each', digits: 1 },
  { name: 'heap', unit: 'KB heap each', digits: 1 },
  { name: 'external', unit: 'KB of buffers each', digits: 1 },
];

export const coldOpen: Scenario = {
  name: 'cold',
  title: 'Cold opening of documents',
  how: 'Five thousand documents with a few words each, of a server that has just started on its store, each opened by a client of its own until it is synced, 64 at a time. What stores nothing opens empty ones. Memory is that of an open document together with its connection, after a collection.',
  servers: ['muster', 'muster-channels', 'hocuspocus', 'y-protocols', 'relay'],
  repeatsAtMost: 2,
  columns: [
    { name: 'perSecond', unit: 'documents/s', digits: 0 },
    { name: 'cpu', unit: 'CPU ms each', digits: 2 },
    ...MEMORY_COLUMNS,
  ],
  async measure({ server, short, profile }: Occasion): Promise<Figures> {
    const count = short ? 1_000 : 5_000;
    return Arena.with({ server, generators: GENERATORS, profile }, async (arena) => {
      const stores = isStored(server);
      const documents = WARM_UP + count;
      const prepared = stores
        ? await arena.server.ask('prepare', { documents, people: 20 })
        : empty(documents);
      if (stores) await arena.restart('SIGTERM');
      const members = { members: 1, writers: 0, spread: 'documents' } as const;
      await arena.gather(part(prepared, 0, WARM_UP), members);
      const [memory, usage] = [await arena.server.ask('memory'), await arena.server.ask('usage')];
      const ms = await arena.gather(part(prepared, WARM_UP), members);
      const after = await arena.server.ask('usage');
      return {
        perSecond: (count / ms) * 1_000,
        cpu: (after.cpuMs - usage.cpuMs) / count,
        ...memoryEach(memory, await arena.server.ask('memory'), count),
      };
    });
  },
};

/** Open ones cost more than those that a server has let go of, so they are the worst of those it was asked for. */
export const manyDocuments: Scenario = {
  name: 'documents10000',
  title: 'Ten thousand documents',
  how: 'The same with ten thousand documents, all open at the end: the memory of the whole server, before a collection and after one.',
  servers: ['muster', 'muster-channels', 'hocuspocus'],
  repeatsAtMost: 1,
  columns: [
    { name: 'before', unit: 'MB RSS', digits: 0 },
    { name: 'after', unit: 'MB RSS after a collection', digits: 0 },
    { name: 'heap', unit: 'MB heap', digits: 0 },
  ],
  async measure({ server, short, profile }: Occasion): Promise<Figures> {
    const documents = short ? 1_000 : 10_000;
    return Arena.with({ server, generators: GENERATORS, profile }, async (arena) => {
      const prepared = await arena.server.ask('prepare', { documents, people: 20 });
      await arena.restart('SIGTERM');
      await arena.gather(prepared, { members: 1, writers: 0, spread: 'documents' });
      const before = await arena.server.ask('size');
      const { rss, heap } = await arena.server.ask('memory');
      return { before: before / MB, after: rss / MB, heap: heap / MB };
    });
  },
};

export const idleSockets: Scenario = {
  name: 'idle',
  title: 'Idle sockets',
  how: 'Five thousand sockets in ten documents that are open already; memory after a collection. Of `muster-channels` it is five thousand documents of sockets that have twenty each.',
  servers: ['muster', 'muster-channels', 'hocuspocus', 'y-protocols', 'relay'],
  repeatsAtMost: 2,
  columns: MEMORY_COLUMNS,
  async measure({ server, short, profile }: Occasion): Promise<Figures> {
    const documents = 10;
    const sockets = short ? 1_000 : 5_000;
    return Arena.with({ server, generators: GENERATORS, profile }, async (arena) => {
      const prepared = await arena.server.ask('prepare', { documents, people: 20 });
      await arena.gather(prepared, { members: 5, writers: 0, spread: 'documents' });
      const before = await arena.server.ask('memory');
      await arena.gather(prepared, { members: sockets / documents, writers: 0, spread: 'documents' });
      return memoryEach(before, await arena.server.ask('memory'), sockets);
    });
  },
};

function isStored(server: ServerName): boolean {
  return server !== 'y-protocols' && server !== 'relay';
}

function empty(count: number): Prepared {
  return {
    documents: Array.from({ length: count }, (_, index) => `empty-${index}`),
    cookies: [],
    incidents: [],
  };
}

function part({ documents, ...rest }: Prepared, from: number, to?: number): Prepared {
  return { documents: documents.slice(from, to), ...rest };
}

function memoryEach(before: Memory, after: Memory, count: number): Figures {
  const each = (what: keyof Memory): number => (after[what] - before[what]) / count / KB;
  return { rss: each('rss'), heap: each('heap'), external: each('external') };
}
