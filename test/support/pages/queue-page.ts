/** The queue: its rows, the pill, choosing and acting. */
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { SeededRecord } from '../serve.ts';

export class QueuePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get grid(): Locator {
    return this.#page.getByRole('grid');
  }

  get pill(): Locator {
    return this.#page.getByRole('button', { name: /^\d+ new$/ });
  }

  get chosen(): Locator {
    return this.#page.getByRole('region', { name: 'Chosen records' });
  }

  get filter(): Locator {
    return this.#page.getByRole('combobox', { name: 'Filter' });
  }

  /** Opens it and waits for its first row; `query` in the filter's syntax. */
  async open(query?: string): Promise<void> {
    await this.#page.goto(query === undefined ? '/queue' : `/queue?${new URLSearchParams({ q: query })}`);
    await this.expectRows();
  }

  async expectRows(timeout?: number): Promise<void> {
    const patience = timeout === undefined ? {} : { timeout };
    await expect(this.grid.locator('[data-record]').first()).toBeVisible(patience);
  }

  row(record: Pick<SeededRecord, 'id'>): Locator {
    return this.grid.locator(`[data-record="${record.id}"]`);
  }

  rowNamed(name: string | RegExp): Locator {
    return this.grid.getByRole('row', { name });
  }

  /** Ids of the drawn rows from top to bottom. */
  drawnIds(): Promise<string[]> {
    return this.grid
      .locator('[data-record]')
      .evaluateAll((rows) =>
        rows
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .map((row) => row.getAttribute('data-record') ?? ''),
      );
  }

  /** Id of the row that keys act on. */
  async cursor(): Promise<RecordId> {
    const id = (await this.grid.getAttribute('aria-activedescendant')) ?? '';
    return recordId((await this.#page.locator(`[id="${id}"]`).getAttribute('data-record')) ?? '');
  }

  async choose(record: Pick<SeededRecord, 'id'>): Promise<void> {
    await this.row(record).click({ modifiers: ['Control'] });
    await expect(this.row(record)).toHaveAttribute('aria-selected', 'true');
  }

  /** Claims one record from the list, and leaves nothing chosen. */
  async claim(record: Pick<SeededRecord, 'id'>): Promise<void> {
    await this.choose(record);
    await this.chosen.getByRole('button', { name: 'Claim' }).click();
    await this.grid.press('Escape');
    await expect(this.chosen).toBeHidden();
  }
}
