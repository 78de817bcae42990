/** Somebody who acts without a browser: signs in over HTTP and calls the server's routes. */
import type { TestAccount } from '@muster/server/testing';

export class HttpSession {
  readonly #url: string;
  /** For a `Cookie` header. */
  readonly cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.cookie = cookie;
  }

  static async signIn(url: string, { email, password }: TestAccount): Promise<HttpSession> {
    const answer = await fetch(new URL('/api/auth/sign-in/email', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!answer.ok)
      throw new Error(`signing in as ${email} answered ${answer.status}: ${await answer.text()}`);
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    return new HttpSession(url, cookie);
  }

  /** The same session at the address where its server listens now. */
  movedTo(url: string): HttpSession {
    return new HttpSession(url, this.cookie);
  }

  /** Calls a route; the answer's JSON, or an error that tells the problem. */
  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(new URL(path, this.#url), {
      method,
      headers: {
        cookie: this.cookie,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
