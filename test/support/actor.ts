/** Somebody at a browser of their own, signed in, with the pages they use. */
import { expect } from '@playwright/test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { TestAccount } from '@muster/server/testing';
import { ConsoleWatch } from './console-watch.ts';
import type { Desk } from './desk.ts';
import { HomePage } from './pages/home-page.ts';
import { QueuePage } from './pages/queue-page.ts';
import { RecordPage } from './pages/record-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { HttpSession } from './session.ts';

export class Actor {
  readonly account: TestAccount;
  readonly context: BrowserContext;
  readonly watch: ConsoleWatch;
  readonly desk: Desk;
  #page: Page;
  #pages: ReturnType<typeof pagesOn>;

  private constructor(desk: Desk, account: TestAccount, context: BrowserContext, page: Page) {
    this.desk = desk;
    this.account = account;
    this.context = context;
    this.watch = new ConsoleWatch(context, account.name);
    this.#page = page;
    this.#pages = pagesOn(page);
  }

  /** Opens a browser context with the session of `email`; nothing is loaded yet. */
  static async signedIn(
    browser: Browser,
    desk: Desk,
    email: string,
    options: BrowserContextOptions = {},
  ): Promise<Actor> {
    const context = await browser.newContext({ ...options, baseURL: desk.url });
    const { cookie } = await HttpSession.signIn(desk.url, desk.account(email));
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return { name, value: value.join('='), url: desk.url, httpOnly: true };
      }),
    );
    return new Actor(desk, desk.account(email), context, await context.newPage());
  }

  get name(): string {
    return this.account.name;
  }

  get page(): Page {
    return this.#page;
  }

  /** A requester's own requests. */
  get home(): HomePage {
    return this.#pages.home;
  }

  get queue(): QueuePage {
    return this.#pages.queue;
  }

  get record(): RecordPage {
    return this.#pages.record;
  }

  get shell(): ShellPage {
    return this.#pages.shell;
  }

  /** The network goes: requests fail and the open socket ends, as on a train. What it fetches at rest is here by then. */
  async goOffline(): Promise<void> {
    await this.expectWarm();
    this.watch.expectLoss();
    await this.context.setOffline(true);
    await expect(this.shell.saving).toHaveAttribute('data-connection', 'offline');
  }

  /** Waits until what the page fetches at rest is here. */
  async expectWarm(): Promise<void> {
    await this.page.waitForFunction(() => {
      const marks = (name: string) => performance.getEntriesByName(name, 'mark').length;
      const isWorkers = Boolean(navigator.serviceWorker.controller);
      return isWorkers || marks('muster:warm') >= Math.max(1, marks('muster:warming'));
    });
  }

  async goOnline(): Promise<void> {
    await this.context.setOffline(false);
  }

  /** Waits until the app itself says that everything is on the server and others' work arrives. */
  async expectSaved(): Promise<void> {
    await this.shell.expectSaved();
  }

  /** Waits until the page would start without a network: its files kept, and a worker in charge to serve them. */
  async expectReadyOffline(): Promise<void> {
    await this.expectSaved();
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller !== null) return;
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
    });
  }

  /** Waits until the app says how many changes it keeps for the server. */
  async expectWaiting(count: number): Promise<void> {
    await expect(this.shell.saving).toHaveAttribute('data-waiting', String(count));
  }

  /**
   * Waits until the app says that it keeps so many acts for the server. The one document of unsent words may wait
   * beside them: it does when words were typed for longer than it takes to send them.
   */
  async expectWaitingActs(count: number): Promise<void> {
    await expect(this.shell.saving).toHaveAttribute('data-waiting', new RegExp(`^(${count}|${count + 1})$`));
  }

  /** Closes the page and opens a new one in the same browser profile. */
  async reopen(path: string): Promise<void> {
    const old = this.#page;
    this.#page = await this.context.newPage();
    this.#pages = pagesOn(this.#page);
    await old.close();
    await this.#page.goto(path);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

function pagesOn(page: Page) {
  return {
    home: new HomePage(page),
    queue: new QueuePage(page),
    record: new RecordPage(page),
    shell: new ShellPage(page),
  };
}
