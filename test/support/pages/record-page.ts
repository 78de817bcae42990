/** A record on a page of its own or beside the list: its fields, description, conversation, steps. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export type Voice = 'reply' | 'note';

export class RecordPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The record as a whole; named by its number and title. */
  get article(): Locator {
    return this.#page.locator('article.record');
  }

  get title(): Locator {
    return this.article.getByRole('textbox', { name: 'Title' });
  }

  /** The co-edited text. */
  get description(): Locator {
    return this.article.getByRole('textbox', { name: 'Description' });
  }

  get history(): Locator {
    return this.article.getByRole('region', { name: 'History' });
  }

  /** Where replies and notes are written. */
  get composer(): Locator {
    return this.article.getByRole('region', { name: 'Write' }).getByRole('textbox');
  }

  get properties(): Locator {
    return this.article.getByRole('complementary', { name: 'Properties' });
  }

  get owner(): Locator {
    return this.article.getByRole('button', { name: /^Owner: / });
  }

  async open(record: { readonly id: string }): Promise<void> {
    await this.#page.goto(`/record/${record.id}`);
    await expect(this.article).toBeVisible();
  }

  /** Reads what was said, newest last: `Public reply by Arne Agent`. */
  said(kind: 'Public reply' | 'Internal note', text: string | RegExp): Locator {
    return this.history.getByRole('article', { name: new RegExp(`^${kind}`) }).filter({ hasText: text });
  }

  async choose(voice: Voice): Promise<void> {
    const name = voice === 'reply' ? /^Public reply/ : /^Internal note/;
    await this.article.getByRole('radio', { name }).click();
  }

  /** Writes into the box without sending. */
  async draft(text: string): Promise<void> {
    await this.composer.fill(text);
  }

  async reply(text: string): Promise<void> {
    await this.choose('reply');
    await this.sendReply(text);
  }

  /** For a requester, who has no choice of voice. */
  async sendReply(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.article.getByRole('button', { name: 'Send reply' }).click();
    await expect(this.said('Public reply', text)).toBeVisible();
    await expect(this.composer).toHaveValue('');
  }

  async note(text: string): Promise<void> {
    await this.choose('note');
    await this.composer.fill(text);
    await this.article.getByRole('button', { name: 'Add note' }).click();
    await expect(this.said('Internal note', text)).toBeVisible();
    await expect(this.composer).toHaveValue('');
  }

  async claim(): Promise<void> {
    await this.article.getByRole('button', { name: 'Claim', exact: true }).click();
    await expect(this.owner).toHaveAccessibleName(/^Owner: you/);
  }

  /** Resolves through the dialog that asks how and what was done. */
  async resolve(notes: string): Promise<void> {
    await this.step('Resolve');
    const dialog = this.#page.getByRole('dialog', { name: 'Change state' });
    await dialog.getByLabel('How it was resolved').click();
    await this.#page
      .getByRole('listbox', { name: 'How it was resolved' })
      .getByRole('option')
      .first()
      .click();
    await dialog.getByLabel('What was done').fill(notes);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Takes a step that needs no words, by its button or from the menu beside it. */
  async step(name: string): Promise<void> {
    const direct = this.article.getByRole('button', { name, exact: true });
    const more = this.article.getByRole('button', { name: /^(Other steps|Steps)$/ });
    await expect(direct.or(more).first()).toBeVisible();
    if (await direct.isVisible()) return direct.click();
    await more.click();
    await this.#page.getByRole('menuitem', { name, exact: true }).click();
  }

  async setTags(...tags: readonly string[]): Promise<void> {
    for (const tag of tags) {
      const box = this.properties.getByRole('textbox', { name: 'Add a tag' });
      await box.fill(tag);
      await box.press('Enter');
      await expect(this.properties.getByRole('button', { name: `Take off the tag ${tag}` })).toBeVisible();
    }
  }

  async retitle(title: string): Promise<void> {
    await this.title.fill(title);
    await this.title.press('Enter');
    await expect(this.article).toHaveAccessibleName(new RegExp(title));
  }
}
