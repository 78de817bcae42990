/** A process of its own with people who tick, each with a stock client on the release: answers `release-night.bench.ts`. */
import { releaseName } from '@muster/documents';
import { readRelease } from '@muster/documents/release';
import type { ReleaseMemo } from '@muster/documents/release';
import type { CommandOutcome, RecordId } from '@muster/domain/shared';
import { openStockClient } from '@muster/server/testing';
import type { StockClient, TestAccount } from '@muster/server/testing';
import { ulid } from 'ulid';
import { HttpSession } from '../../support/session.ts';
import { Random } from '../../support/sync/random.ts';
import { answerParent } from '../sync/process/rpc.ts';

/** Between two ticks of a person, at random. */
const TICK_MS = [1_500, 3_500] as const;
const SEED = 2026;

export interface Seats {
  readonly url: string;
  readonly release: RecordId;
  readonly accounts: readonly TestAccount[];
  readonly lanes: readonly (readonly string[])[];
}

/** A tick that the server took. Instants are epoch ms. */
export interface SentTick {
  readonly at: number;
  readonly answeredAt: number;
  /** Of the release, which it made. */
  readonly version: number;
}

class Ticker {
  readonly #release: RecordId;
  readonly #session: HttpSession;
  readonly #client: StockClient;
  readonly #lane: readonly string[];
  readonly #random: Random;
  readonly #memo: ReleaseMemo = new Map();
  readonly ticks: SentTick[] = [];
  /** When its socket had brought each version. */
  readonly seen = new Map<number, number>();
  #next = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    release: RecordId,
    session: HttpSession,
    client: StockClient,
    lane: readonly string[],
    random: Random,
  ) {
    this.#release = release;
    this.#session = session;
    this.#client = client;
    this.#lane = lane;
    this.#random = random;
  }

  get version(): number {
    return readRelease(this.#client.doc, this.#release, this.#memo).release?.version ?? 0;
  }

  watch(): void {
    this.#client.doc.on('update', () => {
      const { version } = this;
      if (!this.seen.has(version)) this.seen.set(version, Date.now());
    });
  }

  tick(): void {
    const [least, most] = TICK_MS;
    this.#timer = setTimeout(() => void this.#send(), least + this.#random.below(most - least));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#client.destroy();
  }

  async #send(): Promise<void> {
    const step = this.#lane[this.#next];
    if (step === undefined) return;
    const at = Date.now();
    const [outcome] = await this.#session.call<CommandOutcome[]>('POST', '/api/commands', [
      {
        ...{ id: ulid(), type: 'release.tick', target: this.#release, args: { step } },
        ...{ basis: this.version, clientAt: at },
      },
    ]);
    if (outcome?.outcome !== 'applied') throw new Error(`a tick was answered ${JSON.stringify(outcome)}`);
    this.ticks.push({ at, answeredAt: Date.now(), version: outcome.version });
    this.#next += 1;
    this.tick();
  }
}

/** Stock providers listen for the end of a Node process, once for each document. */
process.setMaxListeners(0);

let crew: readonly Ticker[] = [];

const api = {
  /** Everybody opens the release. */
  async open({ url, release, accounts, lanes }: Seats): Promise<void> {
    const random = new Random(SEED);
    crew = await Promise.all(
      accounts.map(async (account, place) => {
        const session = await HttpSession.signIn(url, account);
        const client = openStockClient(url, releaseName(release), { cookie: session.cookie });
        await client.synced();
        return new Ticker(release, session, client, lanes[place] ?? [], random);
      }),
    );
    crew[0]?.watch();
  },

  begin(): void {
    for (const ticker of crew) ticker.tick();
  },

  ticks: (): readonly SentTick[] => crew.flatMap(({ ticks }) => ticks),

  /** When a socket without a browser had brought each version. */
  seen: (): readonly (readonly [number, number])[] => [...(crew[0]?.seen ?? [])],

  stop(): void {
    for (const ticker of crew) ticker.stop();
  },
};

export type CrewApi = typeof api;

answerParent(api);
