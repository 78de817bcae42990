/** A mail about an announcement, or to somebody who asks to get such mails. Pure, as `message.ts`. */
import { AGAINST_LOOPS, MAX_SUBJECT, escaped, oneLine } from './message.ts';
import type { MailMessage } from './message.ts';
import type { MailSender } from './settings.ts';

export interface NoticeFacts {
  readonly from: MailSender;
  readonly to: { readonly name: string; readonly address: string };
  readonly messageId: string;
  /** What all mails about the same announcement refer to; null for a mail about none. */
  readonly thread: string | null;
  readonly subject: string;
  /** Paragraphs as people wrote them. */
  readonly paragraphs: readonly string[];
  /** Where to read on or say yes; null where the public address is not known. */
  readonly link: { readonly words: string; readonly address: string } | null;
  /** Why it came, and how it is the last. */
  readonly foot: string;
  /** Ends such mails by one click (RFC 8058); null where the public address is not known. */
  readonly unsubscribe: string | null;
  /** An iCalendar for planned work; null for what has no window. */
  readonly calendar: string | null;
}

export function composeNotice(facts: NoticeFacts): MailMessage {
  const { from, to, messageId, thread, unsubscribe, calendar } = facts;
  return {
    from: { ...from, name: oneLine(from.name, MAX_SUBJECT) },
    to: { ...to, name: oneLine(to.name, MAX_SUBJECT) },
    subject: oneLine(facts.subject, MAX_SUBJECT),
    messageId,
    ...(thread !== null && { inReplyTo: thread, references: thread }),
    headers: { ...AGAINST_LOOPS, ...(unsubscribe !== null && unsubscribing(unsubscribe)) },
    text: textOf(facts),
    html: htmlOf(facts),
    ...(calendar !== null && {
      icalEvent: { method: 'PUBLISH', filename: 'announcement.ics', content: calendar },
    }),
  };
}

const unsubscribing = (address: string) => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

function textOf({ paragraphs, link, foot, unsubscribe }: NoticeFacts): string {
  const address = link === null ? [] : [`${link.words}:\n${link.address}`];
  const end = unsubscribe === null ? '' : `\nGet no more of these: ${unsubscribe}`;
  return `${[...paragraphs, ...address, `-- \n${foot}${end}`].join('\n\n')}\n`;
}

function htmlOf({ paragraphs, link, foot, unsubscribe }: NoticeFacts): string {
  const parts = [
    ...paragraphs.map((each) => `<p style="white-space: pre-wrap">${escaped(each)}</p>`),
    link === null ? '' : `<p>${anchor(link.address, link.words)}</p>`,
    `<p><small>${escaped(foot)}${unsubscribe === null ? '' : ` ${anchor(unsubscribe, 'Get no more of these')}.`}</small></p>`,
  ];
  return `<!doctype html>\n<html lang="en"><body>${parts.join('')}</body></html>\n`;
}

function anchor(address: string, words: string): string {
  return `<a href="${escaped(address)}">${escaped(words)}</a>`;
}
