type Address = Pick<URL, 'origin' | 'href' | 'pathname' | 'search'>;

/** Where to go after signing in: the page that was asked for, when it is one of ours. */
export function safeNext(address: Address): string {
  const next = new URLSearchParams(address.search).get('next');
  if (next === null) return '/';
  const target = new URL(next, address.href);
  const isOurs = target.origin === address.origin && !target.pathname.startsWith('/sign-in');
  return isOurs ? `${target.pathname}${target.search}${target.hash}` : '/';
}

/** The sign-in page that comes back to `address`. */
export function signInFor({ pathname, search }: Pick<Address, 'pathname' | 'search'>): string {
  const asked = `${pathname}${search}`;
  return asked === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(asked)}`;
}
