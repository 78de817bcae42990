/** Whatever a page complains of fails its test, but for what a browser must say about a network it was told to lose. */
import type { BrowserContext } from '@playwright/test';

interface Exception {
  readonly text: RegExp;
  /** Why it is no fault. */
  readonly reason: string;
  /** Only after the actor's network or server was taken away. */
  readonly onlyAfterLoss: boolean;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    text: /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|FAILED|EMPTY_RESPONSE|CONTENT_LENGTH_MISMATCH|NETWORK_CHANGED)/,
    reason: 'the browser itself reports each request that a lost network ends',
    onlyAfterLoss: true,
  },
  {
    text: /^WebSocket connection to .* failed/,
    reason: 'the browser itself reports each socket that a lost network ends',
    onlyAfterLoss: true,
  },
  {
    text: /^Couldn't load preload assets/,
    reason: 'axe reads style sheets again, which a lost network refuses',
    onlyAfterLoss: true,
  },
  {
    text: /^Failed to load resource: the server responded with a status of 401 /,
    reason: 'asking who is signed in is answered 401 when nobody is',
    onlyAfterLoss: false,
  },
  {
    text: /^Service Worker registration blocked by Playwright/,
    reason: 'journeys that never start without a network keep no files for it',
    onlyAfterLoss: false,
  },
];

export class ConsoleWatch {
  readonly #complaints: string[] = [];
  #lossy = false;

  constructor(context: BrowserContext, who: string) {
    context.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      const text = message.text();
      if (!this.#isExcepted(text))
        this.#complaints.push(`${who} ${message.type()}: ${text} (${message.location().url})`);
    });
    context.on('weberror', (error) => {
      const { name, message, stack = '' } = error.error();
      this.#complaints.push(`${who} uncaught: ${name} ${message} ${stack} (${error.page()?.url()})`);
    });
  }

  get complaints(): readonly string[] {
    return this.#complaints;
  }

  /** From now on the browser may report failed requests and sockets. */
  expectLoss(): void {
    this.#lossy = true;
  }

  /** Takes off the complaints that `text` matches; for a journey whose point they are. Answers how many there were. */
  expected(text: RegExp): number {
    const before = this.#complaints.length;
    const kept = this.#complaints.filter((complaint) => !text.test(complaint));
    this.#complaints.splice(0, before, ...kept);
    return before - kept.length;
  }

  #isExcepted(text: string): boolean {
    return EXCEPTIONS.some((one) => one.text.test(text) && (this.#lossy || !one.onlyAfterLoss));
  }
}
