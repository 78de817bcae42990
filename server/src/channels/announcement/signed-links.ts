/**
 * Addresses in mails that do something without a sign-in: confirm an address, end a kind of mail. Each carries what it
 * does and a mark that nobody else can make, so nothing of it is kept anywhere.
 */
import { ANNOUNCEMENT_MAIL_KINDS, personId } from '@muster/domain/shared';
import type { AnnouncementMailKind, PersonId } from '@muster/domain/shared';
import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignedLink =
  /** That somebody wants to follow the status page; holds until they ask anew, for a time. */
  | { readonly does: 'confirm'; readonly subscriber: string; readonly askedAt: number }
  | { readonly does: 'unsubscribe'; readonly subscriber: string }
  | { readonly does: 'stop'; readonly person: PersonId; readonly kind: AnnouncementMailKind };

const TOKEN = /^([A-Za-z0-9_-]{1,64}(?:~[A-Za-z0-9_-]{1,64}){1,2})~([A-Za-z0-9_-]{43})$/;
const PATHS = { confirm: 'confirm', unsubscribe: 'unsubscribe', stop: 'unsubscribe' } as const;

export class SignedLinks {
  readonly #secret: string;
  readonly #origin: string;

  /** `origin` is the public address without a slash at its end. */
  constructor(secret: string, origin: string) {
    this.#secret = secret;
    this.#origin = origin;
  }

  addressOf(link: SignedLink): string {
    return `${this.#origin}/status/${PATHS[link.does]}/${this.tokenOf(link)}`;
  }

  tokenOf(link: SignedLink): string {
    const said = partsOf(link).join('~');
    return `${said}~${this.#mark(said)}`;
  }

  /** What a token does; null when it is none of ours. */
  read(token: string): SignedLink | null {
    const [, said, mark] = TOKEN.exec(token) ?? [];
    if (said === undefined || mark === undefined) return null;
    if (!timingSafeEqual(Buffer.from(mark), Buffer.from(this.#mark(said)))) return null;
    const [does, name = '', more = ''] = said.split('~');
    if (does === 'confirm') return { does, subscriber: name, askedAt: Number(more) };
    if (does === 'unsubscribe') return { does, subscriber: name };
    const kind = ANNOUNCEMENT_MAIL_KINDS.find((each) => each === more);
    return does === 'stop' && kind !== undefined ? { does, person: personId(name), kind } : null;
  }

  #mark(said: string): string {
    return createHmac('sha256', this.#secret).update(`link:${said}`).digest('base64url');
  }
}

function partsOf(link: SignedLink): readonly (string | number)[] {
  switch (link.does) {
    case 'confirm':
      return [link.does, link.subscriber, link.askedAt];
    case 'unsubscribe':
      return [link.does, link.subscriber];
    case 'stop':
      return [link.does, link.person, link.kind];
  }
}
