/** All that watches a running server, put together: it listens, counts and answers, and changes nothing. */
import type { CommandEnvelope } from '@muster/domain/shared';
import type { HostEvent } from '@muster/sync/server';
import type { Registry } from 'prom-client';
import { DELIVERY_ROUTES, countDeliveries } from '../channels/deliveries.ts';
import type { DeliveryCounts } from '../channels/deliveries.ts';
import type { Store } from '../store/store.ts';
import { Measures } from './measures.ts';
import type { Asked } from './measures.ts';
import { Readiness } from './readiness.ts';
import { Samples } from './samples.ts';

export interface OperationParts extends Omit<Asked, 'store' | 'alertsWaiting' | 'deliveries'> {
  readonly store: Store;
  readonly registry?: Registry | undefined;
}

export class Operation {
  readonly startedAt = Date.now();
  readonly measures: Measures;
  readonly samples: Samples;
  readonly readiness = new Readiness();
  readonly #parts: OperationParts;

  constructor(parts: OperationParts) {
    const { store, registry } = parts;
    this.#parts = parts;
    const asked = {
      store: sharedFor(1_000, () => store.status()),
      alertsWaiting: () => countWaiting(store),
      deliveries: sharedFor(1_000, () => countByRoute(store)),
    };
    this.measures = new Measures({ ...this.live, ...asked }, registry);
    this.samples = new Samples(this.live);
    store.onHealth((health) => this.readiness.heed(health));
    store.onGroup((group) => {
      this.measures.group(group);
      this.samples.group(group);
    });
  }

  get live(): Omit<Asked, 'store' | 'alertsWaiting' | 'deliveries'> {
    const { sockets, host } = this.#parts;
    return { sockets, host };
  }

  heed(event: HostEvent): void {
    this.measures.sync(event);
  }

  stop(): void {
    this.samples.stop();
  }
}

async function countByRoute({ reader }: Store): Promise<ReadonlyMap<string, DeliveryCounts>> {
  const counts = new Map<string, DeliveryCounts>();
  for (const route of DELIVERY_ROUTES) counts.set(route, await countDeliveries(reader, route));
  return counts;
}

async function countWaiting(store: Store): Promise<number> {
  const row = await store.reader
    .selectFrom('alert_intake')
    .select((count) => count.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return row.waiting;
}

/** A store whose commands are counted. */
export function counted(store: Store, measures: Measures): Store {
  const run = async (...[commands, actor]: Parameters<Store['commands']['run']>) => {
    const outcomes = await store.commands.run(commands, actor);
    for (const [index, outcome] of outcomes.entries()) measures.command(typeAt(commands, index), outcome);
    return outcomes;
  };
  return { ...store, commands: { ...store.commands, run } };
}

function typeAt(commands: readonly CommandEnvelope[], index: number): string {
  return commands[index]?.type ?? '';
}

/** One answer for all who ask within a moment: measures that are read together ask once. */
function sharedFor<Value>(ms: number, ask: () => Promise<Value>): () => Promise<Value> {
  let asked: { readonly answer: Promise<Value>; readonly at: number } | null = null;
  return () => {
    const now = Date.now();
    if (asked === null || now - asked.at > ms) asked = { answer: ask(), at: now };
    return asked.answer;
  };
}
