/** The administrator's page of people and invitations. */
import type { Page } from '@playwright/test';

export class PeoplePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Invites somebody, with a role beside what is ticked already; answers the link to hand over. */
  async invite(email: string, role: string): Promise<string> {
    await this.#page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByLabel('Email').fill(email);
    const roles = dialog.getByRole('group', { name: 'Roles' });
    await roles.getByRole('checkbox', { name: new RegExp(`^${role}`) }).check();
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = await dialog.getByLabel('Link').inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    return link;
  }
}
