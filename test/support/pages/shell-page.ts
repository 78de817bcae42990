/** What is around every page: the state of saving, attention, inbox, palette, toasts. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class ShellPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The state of saving: `data-saving`, `data-connection`, `data-waiting`. */
  get saving(): Locator {
    return this.#page.locator('[data-saving]');
  }

  get attentionButton(): Locator {
    return this.#page.getByRole('button', { name: /need your attention$/ });
  }

  get attentionTray(): Locator {
    return this.#page.getByRole('dialog', { name: 'Needs your attention' });
  }

  get palette(): Locator {
    return this.#page.getByRole('dialog', { name: 'Search or do anything' });
  }

  get shortcutSheet(): Locator {
    return this.#page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  }

  toast(text: string | RegExp): Locator {
    return this.#page.locator('[data-sonner-toast]').filter({ hasText: text });
  }

  async expectSaved(timeout?: number): Promise<void> {
    const patience = timeout === undefined ? {} : { timeout };
    await expect(this.saving).toHaveAttribute('data-connection', 'live', patience);
    await expect(this.saving).toHaveAttribute('data-waiting', '0', patience);
    await expect(this.saving).toHaveAttribute('data-saving', 'saved', patience);
  }

  /** What is said over the page about network, server and device. */
  get bar(): Locator {
    return this.#page.locator('.page > .banner.bar');
  }

  /** What is said while the server cannot write. */
  get fullDisk(): Locator {
    return this.#page.getByRole('status').filter({ hasText: /disk .*is full/i });
  }

  /** Asks for the connection at once rather than when the waiting is over. */
  async retry(): Promise<void> {
    await this.saving.click();
    const again = this.#page.getByRole('button', { name: 'Try now' }).last();
    // the app also tries by itself: then the button is gone, and there is nothing left to press
    await again.click({ timeout: 2_000 }).catch(() => undefined);
    await this.#page.keyboard.press('Escape');
  }

  /** Opens the palette by its key, ready to be typed into. */
  async openPalette(): Promise<void> {
    await this.#page.keyboard.press('Control+k');
    await expect(this.palette.getByRole('combobox')).toBeFocused();
  }

  async openAttention(): Promise<Locator> {
    await this.attentionButton.click();
    await expect(this.attentionTray).toBeVisible();
    return this.attentionTray;
  }
}
