/** Where mail goes out and in whose name: read from the environment once, never told to anybody whole. */
import { isDeliverable } from '@muster/domain/shared';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, as `smtps:` says; otherwise it is begun where the server offers it. */
  readonly secure: boolean;
  readonly credentials: { readonly user: string; readonly pass: string } | null;
  readonly from: MailSender;
}

export interface MailSender {
  /** Empty when only an address was given. */
  readonly name: string;
  readonly address: string;
}

export type SmtpServer = Omit<MailSettings, 'from'>;

const USUAL_PORT = { 'smtp:': 587, 'smtps:': 465 } as const;

/** Reads `smtp://user:pass@host:port`; null when it is none. Nothing but these parts is heeded. */
export function readSmtpUrl(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port, username, password, pathname, search } = new URL(text);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') return null;
  if (hostname === '' || (pathname !== '' && pathname !== '/') || search !== '') return null;
  const user = decoded(username);
  const pass = decoded(password);
  if (user === null || pass === null) return null;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? USUAL_PORT[protocol] : Number(port),
    secure: protocol === 'smtps:',
    credentials: user === '' ? null : { user, pass },
  };
}

/** Reads `desk@example.org` or `Service desk <desk@example.org>`; null when it is neither. */
export function readSender(text: string): MailSender | null {
  const parts = /^(?:"?([^"<>\r\n]*?)"?\s*<([^<>]+)>|([^<>]+))$/.exec(text.trim());
  const address = (parts?.[2] ?? parts?.[3] ?? '').trim();
  return isDeliverable(address) ? { name: parts?.[1]?.trim() ?? '', address } : null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
