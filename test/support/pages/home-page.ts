/** A requester's own place: their requests, and asking for something. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class HomePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.goto('/desk');
    await expect(this.#page.getByRole('heading', { name: 'Your requests' })).toBeVisible();
  }

  request(title: string): Locator {
    return this.#page.getByRole('main').getByRole('link', { name: title });
  }

  /** The whole address that a request's line leads to. */
  addressOf(title: string): Promise<string> {
    return this.request(title).evaluate((link) => (link as HTMLAnchorElement).href);
  }

  /** Asks for something; ends on the new record. */
  async ask(title: string, description: string): Promise<void> {
    await this.open();
    await this.#page.getByRole('button', { name: 'New request' }).first().click();
    const form = this.#page.getByRole('form', { name: 'New request' });
    await form.getByLabel('Title').fill(title);
    await form.getByLabel('Description').fill(description);
    await form.getByRole('button', { name: 'New request' }).click();
    await expect(this.#page).toHaveURL(/\/record\/[0-9A-Z]{26}$/);
  }
}
