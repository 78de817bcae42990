/** Message-IDs of ours: always the same for the same thing, and nobody else's to guess. */
import type { RecordId } from '@muster/domain/shared';
import { createHmac } from 'node:crypto';

export class MessageIds {
  readonly #secret: string;
  readonly #domain: string;

  /** `address` is the sender's: its domain stands in the ids. */
  constructor(secret: string, address: string) {
    this.#secret = secret;
    this.#domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  }

  /** Of the mail about an inbox item. */
  ofItem(item: string): string {
    return this.#id('item', item);
  }

  /** What all mails about a record refer to. No mail has it: mail programs gather by it all the same. */
  ofRecord(record: RecordId): string {
    return this.#id('record', record);
  }

  /** What all mails about an announcement refer to, in the same way. */
  ofAnnouncement(announcement: RecordId): string {
    return this.#id('announcement', announcement);
  }

  #id(what: 'item' | 'record' | 'announcement', name: string): string {
    const mark = createHmac('sha256', this.#secret).update(`mail:${what}:${name}`).digest('hex').slice(0, 40);
    return `<${what}.${mark}@${this.#domain}>`;
  }
}
