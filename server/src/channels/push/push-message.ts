/** What a device shows. It stands on locked screens too, so it says less than a mail does. */
import { isRestricted } from '@muster/domain/shared';
import type { Ticket } from '@muster/domain/shared';

export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** Where a click leads, on the desk that sent it. */
  readonly path: string;
  /** One notification for one piece of news, however often it comes. */
  readonly tag: string;
}

const MAX_TITLE = 160;
const MAX_BODY = 400;

/** Number and title as in a mail's subject; of a restricted record the number alone. */
export function pushMessage(item: string, ticket: Ticket, news: string): PushMessage {
  const number = ticket.number ?? 'Muster';
  const title = isRestricted(ticket) ? number : `[${number}] ${oneLine(ticket.title)}`;
  return {
    title: cut(title, MAX_TITLE),
    body: cut(oneLine(news), MAX_BODY),
    path: `/record/${ticket.id}`,
    tag: item,
  };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
