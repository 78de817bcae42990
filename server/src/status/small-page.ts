/** A page that says one thing, or asks for one button to be pressed: plain HTML as the status page. */
import { html } from 'hono/html';

export interface SmallPage {
  readonly title: string;
  readonly words: string;
  /** The button that does it: links alone do nothing, for mail programs open them before people do. */
  readonly button?: string;
}

export async function smallPage({ title, words, button }: SmallPage): Promise<string> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${FORM_ORIGIN}
        <title>${title}</title>
        <link rel="stylesheet" href="/status/style.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${words}</p>
          ${button === undefined ? '' : html`<form method="post"><button type="submit">${button}</button></form>`}
          <p><a href="/status">Service status</a></p>
        </main>
      </body>
    </html>`;
  return page.toString();
}

/** Without a referrer a browser names no origin with a form, and what names none of ours is not taken. */
export const FORM_ORIGIN = html`<meta name="referrer" content="same-origin" />`;
