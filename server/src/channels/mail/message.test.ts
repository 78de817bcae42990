import { describe, expect, it } from 'vitest';
import { composeMail } from './message.ts';
import type { MailFacts } from './message.ts';

const FACTS: MailFacts = {
  from: { name: 'Service desk', address: 'desk@muster.test' },
  to: { name: 'Arne Agent', address: 'arne@desk.test' },
  messageId: '<item.1@muster.test>',
  thread: '<record.1@muster.test>',
  reference: 'INC-2026-00042',
  title: 'Mail is down',
  news: 'Rita replied.',
  quote: null,
  link: 'https://desk.example.org/record/1',
};

describe('a mail about a record', () => {
  it('[DSK-116] stands in the thread of its record and asks for no automatic answer', () => {
    expect(composeMail(FACTS)).toMatchObject({
      subject: '[INC-2026-00042] Mail is down',
      inReplyTo: '<record.1@muster.test>',
      references: '<record.1@muster.test>',
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
  });

  it.each(['\r\nBcc: all@desk.test', '\nBcc: all', '\u2028Bcc', '\u0085x', '\u202egnp'])(
    '[DSK-116] keeps %j out of headers',
    (words) => {
      const { subject, to, from } = composeMail({
        ...FACTS,
        title: `Mail${words}`,
        to: { ...FACTS.to, name: `Arne${words}` },
        from: { ...FACTS.from, name: `Desk${words}` },
      });
      for (const each of [subject, to.name, from.name])
        expect(each).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
    },
  );

  it('[DSK-116] shows what people wrote as text', () => {
    const words = `<script>alert('1')</script> & "more"`;
    const { html, text } = composeMail({ ...FACTS, title: words, news: words, quote: words });
    expect(html).not.toMatch(/<script|alert\('/);
    expect(html.match(/&lt;script&gt;alert\(&#39;1&#39;\)/g)).toHaveLength(3);
    expect(text).toContain(`> ${words}`);
  });

  it('shortens titles and replies, and has no link without an address', () => {
    const { subject, text, html } = composeMail({
      ...FACTS,
      title: '🎈'.repeat(500),
      quote: 'long '.repeat(2_000),
      link: null,
    });
    expect(Array.from(subject).length).toBeLessThan(230);
    expect(subject.isWellFormed()).toBe(true);
    expect(text.length).toBeLessThan(5_000);
    expect(html).not.toContain('href');
  });
});
