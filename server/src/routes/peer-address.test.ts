import { describe, expect, it } from 'vitest';
import { networkOf } from './peer-address.ts';

describe('whom a request counts for', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['unknown', null],
    ['192.0.2.7:4711', null],
    ['', null],
  ])('is of %s %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
