/** A record: its fields, description, conversation. */
import type { Page } from '@playwright/test';

export class RecordPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(record: { readonly id: string }): Promise<void> {
    await this.#page.goto(`/record/${record.id}`);
  }
}
