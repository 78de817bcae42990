/** What a device shows. It stands on locked screens too, so it says less than a mail does. */
import type { NewsSubject } from '../mail/mail-case.ts';

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
export function pushMessage(item: string, subject: NewsSubject, news: string): PushMessage {
  const number = subject.number ?? 'Muster';
  const title = subject.named ? `[${number}] ${oneLine(subject.title)}` : number;
  return {
    title: cut(title, MAX_TITLE),
    body: cut(oneLine(news), MAX_BODY),
    path: subject.path,
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
