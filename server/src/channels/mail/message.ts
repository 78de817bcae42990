/** A mail as it is handed to the mail server. Pure: everything that people wrote is made harmless here. */
import type { MailSender } from './settings.ts';

export interface MailFacts {
  readonly from: MailSender;
  readonly to: { readonly name: string; readonly address: string };
  readonly messageId: string;
  /** What all mails about the same record refer to; null for a mail about none. */
  readonly thread: string | null;
  /** `INC-2026-00042`; null for a mail about no record. */
  readonly reference: string | null;
  readonly title: string;
  /** What happened, in a sentence. */
  readonly news: string;
  /** The public reply that it is about. */
  readonly quote: string | null;
  /** Where the record is; null where the public address is not known. */
  readonly link: string | null;
}

export interface MailMessage {
  readonly from: MailSender;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  /** An entry of a calendar, beside the words and as a file. */
  readonly icalEvent?: { readonly method: 'PUBLISH'; readonly filename: string; readonly content: string };
}

const FOOT = 'Muster sent this because of what you chose to get by mail. Answers to this mail are not read.';
export const MAX_SUBJECT = 200;
const MAX_QUOTE = 4_000;

/** Keeps automatic answers away: those would come back as news, and that as mail, for ever. */
export const AGAINST_LOOPS = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
} as const;

export function composeMail(facts: MailFacts): MailMessage {
  const { from, to, messageId, thread } = facts;
  const title = oneLine(facts.title, MAX_SUBJECT);
  const quote = facts.quote === null ? null : cut(facts.quote, MAX_QUOTE);
  return {
    from: { ...from, name: oneLine(from.name, MAX_SUBJECT) },
    to: { ...to, name: oneLine(to.name, MAX_SUBJECT) },
    subject: facts.reference === null ? title : `[${facts.reference}] ${title}`,
    messageId,
    ...(thread !== null && { inReplyTo: thread, references: thread }),
    headers: AGAINST_LOOPS,
    text: textOf({ ...facts, title, quote }),
    html: htmlOf({ ...facts, title, quote }),
  };
}

/** Without anything that could end a header or turn the direction of writing. */
export function oneLine(text: string, most: number): string {
  const flat = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/ {2,}/g, ' ');
  return cut(flat.trim(), most);
}

function textOf({ reference, title, news, quote, link }: MailFacts): string {
  const parts = [
    news,
    reference === null ? null : `${reference} ${title}`,
    quote === null ? null : quote.replace(/^/gm, '> '),
    link,
    `-- \n${FOOT}`,
  ];
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}

function htmlOf({ reference, title, news, quote, link }: MailFacts): string {
  const name = reference === null ? '' : `${escaped(reference)} ${escaped(title)}`;
  const parts = [
    `<p>${escaped(news)}</p>`,
    name === '' ? '' : `<p>${link === null ? name : `<a href="${escaped(link)}">${name}</a>`}</p>`,
    quote === null ? '' : `<blockquote style="white-space: pre-wrap">${escaped(quote)}</blockquote>`,
    `<p><small>${escaped(FOOT)}</small></p>`,
  ];
  return `<!doctype html>\n<html lang="en"><body>${parts.join('')}</body></html>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

export function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
