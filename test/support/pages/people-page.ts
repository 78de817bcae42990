/** The administrator's page of people and invitations. */
import type { Page } from '@playwright/test';

export class PeoplePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Invites somebody with one role; answers the link to hand over. */
  async invite(email: string, role: string): Promise<string> {
    await this.#page
      .getByRole('button', { name: /invite/i })
      .first()
      .click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByLabel(role, { exact: true }).check();
    await dialog.getByRole('button', { name: /invite|link/i }).click();
    return dialog.getByLabel(/link/i).inputValue();
  }
}
