import type { PushBrowser } from './push-browser.ts';

/**
 * `unsupported`: this browser cannot. `blocked`: the person forbade it to this site. `off` and `on` otherwise.
 */
export type DeviceState = 'looking' | 'unsupported' | 'blocked' | 'off' | 'on';

export interface OwnDeviceOptions {
  readonly browser: () => Promise<PushBrowser | null>;
  /** The key that this desk proves itself with. */
  readonly publicKey: string;
  /** The device of this session as the server has it; null when it has none. */
  readonly kept: string | null;
  /** @throws BoundaryError */
  readonly keep: (subscription: PushSubscription) => Promise<string>;
  /** @throws BoundaryError */
  readonly remove: (id: string) => Promise<unknown>;
}

/** Whether this device is told, and the way from one to the other. */
export class OwnDevice {
  readonly #options: OwnDeviceOptions;
  #state = $state<DeviceState>('looking');
  #busy = $state(false);
  #id = $state<string | null>(null);

  constructor(options: OwnDeviceOptions) {
    this.#options = options;
    this.#id = options.kept;
  }

  get state(): DeviceState {
    return this.#state;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Its id at the server, while it is on. */
  get id(): string | null {
    return this.#state === 'on' ? this.#id : null;
  }

  /** Looks at how things stand; called at the start, and when the person comes back from the browser's settings. */
  async look(): Promise<void> {
    const browser = await this.#options.browser();
    if (browser === null) this.#state = 'unsupported';
    else if (browser.permission() === 'denied') this.#state = 'blocked';
    else this.#state = this.#id !== null && (await browser.subscription()) !== null ? 'on' : 'off';
  }

  /** @throws BoundaryError, or what the browser says when its push service cannot be reached */
  turnOn(): Promise<void> {
    return this.#doing(async (browser) => {
      if ((await browser.ask()) !== 'granted') return;
      this.#id = await this.#options.keep(await browser.subscribe(this.#options.publicKey));
    });
  }

  /** @throws BoundaryError */
  turnOff(): Promise<void> {
    return this.#doing(async (browser) => {
      if (this.#id !== null) await this.#options.remove(this.#id);
      this.#id = null;
      await (await browser.subscription())?.unsubscribe();
    });
  }

  /** The push service knows the device no more, as a test showed. */
  lost(): void {
    this.#id = null;
    this.#state = 'off';
  }

  async #doing(work: (browser: PushBrowser) => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const browser = await this.#options.browser();
      if (browser !== null) await work(browser);
    } finally {
      this.#busy = false;
      await this.look();
    }
  }
}
