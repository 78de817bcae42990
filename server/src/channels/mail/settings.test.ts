import { describe, expect, it } from 'vitest';
import { readSender, readSmtpUrl } from './settings.ts';

describe('the settings of mail', () => {
  it('reads server, port and password from an address', () => {
    expect(readSmtpUrl('smtp://desk%40example.org:p%3Ass@mail.example.org:2525')).toEqual({
      host: 'mail.example.org',
      port: 2525,
      secure: false,
      credentials: { user: 'desk@example.org', pass: 'p:ss' },
    });
    expect(readSmtpUrl('smtps://mail.example.org')).toMatchObject({
      port: 465,
      secure: true,
      credentials: null,
    });
    expect(readSmtpUrl('smtp://[::1]:25')).toMatchObject({ host: '::1', port: 25 });
  });

  it.each([
    'mail.example.org',
    'http://mail.example.org',
    'smtp://',
    'smtp://host?logger=true',
    'smtp://host/path',
  ])('does not take %s', (text) => expect(readSmtpUrl(text)).toBeNull());

  it('reads a sender with and without a name', () => {
    expect(readSender('desk@example.org')).toEqual({ name: '', address: 'desk@example.org' });
    expect(readSender('"Service desk" <desk@example.org>')).toEqual({
      name: 'Service desk',
      address: 'desk@example.org',
    });
    for (const wrong of ['desk', 'a@b.test, c@d.test', 'x\r\nBcc: y <a@b.test>', '<a@b.test> more'])
      expect(readSender(wrong)).toBeNull();
  });
});
