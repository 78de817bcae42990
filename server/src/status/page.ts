/** The status page as plain HTML: no script, nothing from elsewhere, readable on paper and with any reader. */
import { isPlanned } from '@muster/domain/desk';
import type { Announcement } from '@muster/domain/desk';
import { html } from 'hono/html';
import type { PublicStatus } from './public-status.ts';
import { FORM_ORIGIN } from './small-page.ts';
import { indicatorOf } from './summary.ts';
import { KIND_WORDS, SERVICE_STATE_WORDS, STATE_WORDS, timeWords } from './words.ts';

type Html = ReturnType<typeof html>;

export const STATUS_STYLE = `
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; font: 16px/1.5 system-ui, sans-serif;
  color: light-dark(#1c1f23, #e8eaed); background: light-dark(#fff, #15181c); }
h1 { font-size: 1.5rem; } h2 { margin-top: 2rem; font-size: 1.125rem; } h3 { margin: 0; font-size: 1rem; }
.overall, article { padding: .75rem 1rem; border: 1px solid light-dark(#d6dae0, #3a4048); border-radius: .5rem; }
.overall { font-weight: 600; } .major { border-color: light-dark(#b3261e, #f2837b); }
article + article { margin-top: .75rem; } article p, article li { overflow-wrap: anywhere; }
.message { white-space: pre-wrap; }
.quiet { color: light-dark(#555c66, #a8b0bb); } ul.services { padding: 0; list-style: none; }
.operational::before { content: "● " / ""; color: light-dark(#1a7f37, #57d27a); }
.degraded_performance::before { content: "▲ " / ""; color: light-dark(#9a6700, #e3b341); }
.major_outage::before { content: "■ " / ""; color: light-dark(#b3261e, #f2837b); }
.under_maintenance::before { content: "◆ " / ""; color: light-dark(#0b62a8, #6cb6ff); }
.minor { border-color: light-dark(#9a6700, #e3b341); }
ul.services li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; padding: .375rem 0;
  border-bottom: 1px solid light-dark(#e6e9ed, #2b3037); }
form label { display: block; font-weight: 600; }
input, button { font: inherit; padding: .375rem .75rem; border: 1px solid light-dark(#767d88, #8b939e);
  border-radius: .375rem; color: inherit; background: light-dark(#fff, #1f242a); }
input { width: min(22rem, 100%); box-sizing: border-box; } button { margin-top: .5rem; cursor: pointer; }
a { color: light-dark(#1f5fbf, #8ab8ff); } ol { padding-left: 1.25rem; }
`;

/** `canFollow`: whether it asks for an address to send mail to. */
export async function statusPage(status: PublicStatus, canFollow: boolean): Promise<string> {
  const { indicator, description } = indicatorOf(status);
  const nameOf = new Map<string, string>(status.components.map(({ id, name }) => [id, name]));
  const shown = (each: Announcement) => announcementPart(each, nameOf);
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${canFollow ? FORM_ORIGIN : ''}
        <title>Service status</title>
        <link rel="alternate" type="application/atom+xml" href="/status/feed.atom" title="Atom" />
        <link rel="alternate" type="application/rss+xml" href="/status/feed.rss" title="RSS" />
        <link rel="stylesheet" href="/status/style.css" />
      </head>
      <body>
        <main>
          <h1>Service status</h1>
          <p class="overall ${indicator}">${description}</p>
          ${
            status.components.length > 0
              ? html`<h2>Services</h2>
                  <ul class="services">
                    ${status.components.map(
                      ({ name, state }) =>
                        html`<li>
                          <span>${name}</span> <span class="${state}">${SERVICE_STATE_WORDS[state]}</span>
                        </li>`,
                    )}
                  </ul>`
              : ''
          }
          <h2>Now</h2>
          ${status.running.length > 0 ? status.running.map(shown) : html`<p>Nothing is announced.</p>`}
          <h2>Coming</h2>
          ${status.coming.length > 0 ? status.coming.map(shown) : html`<p>No work is planned.</p>`}
          <h2>History</h2>
          ${
            status.past.length > 0
              ? status.past.map(shown)
              : html`<p>Nothing has ended in the last 90 days.</p>`
          }
          ${canFollow ? FOLLOW_FORM : ''}
        </main>
        <footer class="quiet">
          <p>
            All times are UTC. Follow as <a href="/status/feed.atom">Atom</a>,
            <a href="/status/feed.rss">RSS</a>, <a href="/status/calendar.ics">calendar</a> or
            <a href="/status/api/v2/summary.json">JSON</a>.
          </p>
        </footer>
      </body>
    </html>`;
  return page.toString();
}

const FOLLOW_FORM = html`<h2>By mail</h2>
  <form method="post" action="/status/follow">
    <p>
      <label for="address">Your mail address</label>
      <input id="address" name="address" type="email" autocomplete="email" maxlength="254" required />
      <button type="submit">Send me a link</button>
    </p>
    <p class="quiet">
      You get a mail with a link. Once you have said yes by it, what is announced here comes by mail, until
      you end it.
    </p>
  </form>`;

function announcementPart(announcement: Announcement, nameOf: ReadonlyMap<string, string>): Html {
  const { id, kind, state, title, message, services, updates } = announcement;
  const names = services.flatMap((service) => nameOf.get(service) ?? []);
  return html`<article id="${id}">
    <h3>${title}</h3>
    <p class="quiet">
      ${KIND_WORDS[kind]} · ${STATE_WORDS[state]}${names.length > 0 ? ` · ${names.join(', ')}` : ''}
    </p>
    ${windowPart(announcement)} ${message === '' ? '' : html`<p class="message">${message}</p>`}
    <ol>
      ${updates.map(
        (update) =>
          html`<li id="${id}-${update.number}">
            ${timePart(update.at)} ·
            ${STATE_WORDS[update.state]}${
              update.message === '' ? '' : html`: <span class="message">${update.message}</span>`
            }
          </li>`,
      )}
    </ol>
  </article>`;
}

function windowPart({ kind, beginsAt, endsAt, startedAt, endedAt }: Announcement): Html | '' {
  const [from, to] = isPlanned(kind) ? [beginsAt, endsAt] : [startedAt, endedAt ?? endsAt];
  if (from === null) return '';
  return html`<p class="quiet">From ${timePart(from)}${to === null ? '' : html` to ${timePart(to)}`}</p>`;
}

function timePart(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${timeWords(at)}</time>`;
}
