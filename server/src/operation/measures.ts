/** What the server counts of itself, in the format of Prometheus. Labels are codes, kinds and routes: never people or what they wrote. */
import { RECORD_PROCESSES } from '@muster/domain/shared';
import type { CommandOutcome } from '@muster/domain/shared';
import type { HostEvent, HostStatus } from '@muster/sync/server';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryCounts } from '../channels/deliveries.ts';
import type { GroupReport, StoreStatus } from '../store/store.ts';

/** Seconds; the targets of sync (30 ms to an ACK, 50 ms to a peer) lie well inside. */
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 1, 5];
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const GROUP_SIZES = [1, 2, 5, 10, 25, 50, 100, 256];

/** What is asked when somebody reads the measures, and not before. */
export interface Asked {
  sockets(): number;
  host(): HostStatus;
  store(): Promise<StoreStatus>;
  /** Payloads of monitoring systems that are not worked off. */
  alertsWaiting(): Promise<number>;
  /** By channel: how many are in which state, and since when the oldest waits. */
  deliveries(): Promise<ReadonlyMap<string, DeliveryCounts>>;
}

export interface HandledRequest {
  readonly method: string;
  /** The route's pattern, not the address. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export class Measures {
  readonly #registry: Registry;
  readonly #updates: Counter<'kind'>;
  readonly #commands: Counter<'process' | 'outcome'>;
  readonly #refusals: Counter<'what' | 'code'>;
  readonly #closes: Counter<'code'>;
  readonly #failures: Counter<'what'>;
  readonly #alerts: Counter<'what'>;
  readonly #commit: Histogram;
  readonly #group: Histogram;
  readonly #waiting: Gauge;
  readonly #requests: Histogram<'method' | 'route' | 'status'>;

  /** `registry` may hold measures of the whole process already. */
  constructor(asked: Asked, registry: Registry = new Registry()) {
    this.#registry = registry;
    const registers = [registry];
    const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
      new Counter({ name, help, labelNames, registers });
    this.#updates = counter('muster_updates_total', 'Document updates committed, by kind of document', [
      'kind',
    ]);
    this.#commands = counter('muster_commands_total', 'Commands decided, by process and outcome', [
      'process',
      'outcome',
    ]);
    this.#refusals = counter('muster_refusals_total', 'Commands and updates refused, by code', [
      'what',
      'code',
    ]);
    this.#closes = counter('muster_socket_closes_total', 'Sockets the server closed, by close code', [
      'code',
    ]);
    this.#alerts = counter(
      'muster_alerts_total',
      'Payloads of monitoring systems received and malformed, episodes begun, groups folded into a storm',
      ['what'],
    );
    this.#failures = counter('muster_failures_total', 'Faults of the server itself', ['what']);
    this.#commit = new Histogram({
      name: 'muster_commit_seconds',
      help: 'A group commit, from its begin to the answer of the disk',
      buckets: COMMIT_SECONDS,
      registers,
    });
    this.#group = new Histogram({
      name: 'muster_commit_jobs',
      help: 'Updates and commands that one commit carried',
      buckets: GROUP_SIZES,
      registers,
    });
    this.#waiting = new Gauge({
      name: 'muster_writer_queue',
      help: 'Jobs that waited for the writer after its last commit',
      registers,
    });
    this.#requests = new Histogram({
      name: 'muster_http_request_seconds',
      help: 'HTTP requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: REQUEST_SECONDS,
      registers,
    });
    askWhenRead(asked, registry);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text that Prometheus scrapes. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  group({ jobs, waiting, ms, grown }: GroupReport): void {
    this.#commit.observe(ms / 1_000);
    this.#group.observe(jobs);
    this.#waiting.set(waiting);
    for (const [name, updates] of grown) this.#updates.inc({ kind: kindOf(name) }, updates);
  }

  command(type: string, outcome: CommandOutcome): void {
    this.#commands.inc({ process: processOf(type), outcome: outcome.outcome });
    if (outcome.outcome === 'refused') this.#refusals.inc({ what: 'command', code: outcome.refusal.code });
  }

  sync(event: HostEvent): void {
    if (event.type === 'rejected') this.#refusals.inc({ what: 'update', code: event.code });
    else if (event.type === 'malformed') this.#refusals.inc({ what: 'update', code: 'malformed' });
    else if (event.type === 'closed') this.#closes.inc({ code: String(event.code) });
    else this.#failures.inc({ what: event.type });
  }

  alerts(what: 'received' | 'malformed' | 'episodes' | 'folded', count = 1): void {
    this.#alerts.inc({ what }, count);
  }

  request({ method, route, status, ms }: HandledRequest): void {
    this.#requests.observe({ method, route, status: String(status) }, ms / 1_000);
  }

  /** Refusals so far, most frequent first. */
  async refusals(): Promise<readonly { readonly code: string; readonly count: number }[]> {
    const { values } = await this.#refusals.get();
    return values
      .map(({ labels, value }) => ({ code: String(labels.code), count: value }))
      .toSorted((a, b) => b.count - a.count);
  }
}

function askWhenRead(asked: Asked, registry: Registry): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  gauge('muster_sockets', 'Open sockets', () => asked.sockets());
  gauge('muster_documents_open', 'Documents in memory', () => asked.host().openDocuments);
  gauge('muster_document_readers', 'Readers of documents in memory', () => asked.host().readers);
  gauge('muster_updates_uncommitted', 'Updates handed to the store and not on disk', () => {
    return asked.host().appending;
  });
  gauge('muster_alerts_waiting', 'Payloads of monitoring systems not worked off', () =>
    asked.alertsWaiting(),
  );
  new Gauge({
    name: 'muster_deliveries',
    help: 'News on its way to people and events on their way to webhooks, by channel and state',
    labelNames: ['channel', 'state'],
    registers: [registry],
    async collect() {
      for (const [channel, { byState }] of await asked.deliveries())
        for (const [state, count] of Object.entries(byState)) this.set({ channel, state }, count);
    },
  });
  new Gauge({
    name: 'muster_delivery_oldest_queued_seconds',
    help: 'How long the oldest delivery of a channel waits; 0 for none',
    labelNames: ['channel'],
    registers: [registry],
    async collect() {
      for (const [channel, { oldestQueuedAt }] of await asked.deliveries())
        this.set({ channel }, oldestQueuedAt === null ? 0 : (Date.now() - oldestQueuedAt) / 1_000);
    },
  });
  gauge('muster_store_bytes', 'Size of the database', async () => (await asked.store()).bytes);
  gauge('muster_store_documents_damaged', 'Documents whose checksum is wrong', async () => {
    return (await asked.store()).damaged.length;
  });
  gauge('muster_last_backup_timestamp_seconds', 'When the last backup was made; 0 for never', async () => {
    return ((await asked.store()).lastBackupAt ?? 0) / 1_000;
  });
}

/** `board/incident@3` is a `board`, `directory@3` a `directory`. */
function kindOf(name: string): string {
  return name.split(/[/@]/, 1)[0] ?? 'unknown';
}

/** What people send as a type may be anything: a label must not. */
function processOf(type: string): string {
  return RECORD_PROCESSES.find((process) => type.startsWith(`${process}.`)) ?? 'unknown';
}
