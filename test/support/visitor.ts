/** Somebody at a browser of their own whom the desk does not know yet. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { ConsoleWatch } from './console-watch.ts';
import type { Desk } from './desk.ts';
import { PeoplePage } from './pages/people-page.ts';

export const NEW_PASSWORD = 'a sentence to remember';

export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: ConsoleWatch;
  readonly people: PeoplePage;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    this.watch = new ConsoleWatch(context, 'a visitor');
    this.people = new PeoplePage(page);
  }

  static async open(browser: Browser, desk: Desk): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: desk.url });
    return new Visitor(context, await context.newPage());
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Fills the form of a new account; the email too unless an invitation gave it. */
  async fillAccount(name: string, email?: string): Promise<void> {
    await this.page.getByLabel('Your name').fill(name);
    if (email !== undefined) await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
