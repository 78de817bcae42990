/** Atom (RFC 4287) and RSS 2.0: an entry for each update, newest first, so that readers show every step once. */
import { allOf } from './public-status.ts';
import type { PublicStatus } from './public-status.ts';
import { courseOf } from './words.ts';
import type { CourseLine } from './words.ts';

const MOST_ENTRIES = 50;
export const FEED_TITLE = 'Service status';

/** `base` is the public address of the server without a slash at its end. */
export function atomFeed(status: PublicStatus, base: string): string {
  const entries = newest(status).map(
    (line) => `  <entry>
    <id>${escapeXml(linkTo(line, base))}</id>
    <title>${escapeXml(line.title)}</title>
    <updated>${isoTime(line.at)}</updated>
    <link href="${escapeXml(linkTo(line, base))}"/>
    <content type="text">${escapeXml(line.text)}</content>
  </entry>
`,
  );
  const self = escapeXml(`${base}/status/feed.atom`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${self}</id>
  <title>${FEED_TITLE}</title>
  <updated>${isoTime(status.updatedAt)}</updated>
  <author><name>Muster</name></author>
  <link rel="self" href="${self}"/>
  <link href="${escapeXml(`${base}/status`)}"/>
${entries.join('')}</feed>
`;
}

export function rssFeed(status: PublicStatus, base: string): string {
  const items = newest(status).map(
    (line) => `    <item>
      <guid isPermaLink="true">${escapeXml(linkTo(line, base))}</guid>
      <title>${escapeXml(line.title)}</title>
      <link>${escapeXml(linkTo(line, base))}</link>
      <pubDate>${new Date(line.at).toUTCString()}</pubDate>
      <description>${escapeXml(escapeXml(line.text))}</description>
    </item>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
  <channel>
    <title>${FEED_TITLE}</title>
    <link>${escapeXml(`${base}/status`)}</link>
    <description>Outages and maintenance</description>
    <lastBuildDate>${new Date(status.updatedAt).toUTCString()}</lastBuildDate>
${items.join('')}  </channel>
</rss>
`;
}

function newest(status: PublicStatus): readonly CourseLine[] {
  return allOf(status)
    .flatMap(courseOf)
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, MOST_ENTRIES);
}

const linkTo = ({ id }: CourseLine, base: string): string => `${base}/status#${id}`;

const isoTime = (at: number): string => new Date(at).toISOString();

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 cannot hold at all, not even escaped. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
