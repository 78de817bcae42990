/**
 * Where requests of ours may go: addresses that people typed in, or that a browser sent. None may reach into the
 * network that the server stands in, unless the operator says that it may.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

export type AddressFault = 'no-address' | 'credentials' | 'not-encrypted' | 'private';

/** What is wrong with an address before anything is resolved; null when nothing is. */
export function faultOfAddress(text: string, allowPrivate: boolean): AddressFault | null {
  if (!URL.canParse(text)) return 'no-address';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'no-address';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'not-encrypted';
  if (allowPrivate) return null;
  return url.hostname === 'localhost' || isPrivateLiteral(url) ? 'private' : null;
}

/** Thrown when a request would go into the network of the server. */
export class PrivateAddressError extends Error {
  constructor() {
    super('its address lies in the network of this server, where nothing is sent');
  }
}

/** Whether the host is an address itself, and not a public one: then nothing is resolved that could be looked at. */
export function isPrivateLiteral({ hostname }: URL): boolean {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) !== 0 && isPrivate(bare);
}

/** Resolves a name when a connection is made, and gives none that leads to an address that is not public. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    if (addresses.some(({ address }) => isPrivate(address))) return callback(new PrivateAddressError(), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

/** Everything that IANA sets aside: private, shared, link-local, loopback, multicast, documentation, translated. */
const SET_ASIDE_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Of IPv6 only global unicast is public, without what stands for IPv4 addresses or goes through tunnels. */
const GLOBAL_6 = ['2000::', 3] as const;
const SET_ASIDE_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const setAside = new BlockList();
for (const [net, bits] of SET_ASIDE_4) setAside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of SET_ASIDE_6) setAside.addSubnet(net, bits, 'ipv6');
const global6 = new BlockList();
global6.addSubnet(...GLOBAL_6, 'ipv6');

export function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return setAside.check(address, 'ipv4');
  return !global6.check(address, 'ipv6') || setAside.check(address, 'ipv6');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
