import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultOfAddress, isPrivate } from './address.ts';
import { post } from './post.ts';

async function listen(answer: RequestListener): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const http = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`, requests: () => requests };
}

const sending = (url: string, changes: object = {}) =>
  post({ url, headers: {}, body: '{}', allowPrivate: true, timeoutMs: 5_000, ...changes });

describe('an address that somebody typed in', () => {
  it.each([
    ['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '127.0.0.1', '0.0.0.0'],
    ['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
    ['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
    ['64:ff9b::a00:1', '2001:db8::1', '2002:a00:1::', '2001::1'],
  ])('[DSK-177] is in the own network: %s and others', (...addresses) => {
    for (const address of addresses) expect(isPrivate(address), address).toBe(true);
  });

  it('[DSK-177] is public otherwise', () => {
    for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])
      expect(isPrivate(address), address).toBe(false);
  });

  it('[DSK-177] is looked at however it is written', () => {
    const faults = (allow: boolean) => (url: string) => faultOfAddress(url, allow);
    expect(
      ['https://0x7f.1/', 'https://2130706433', 'https://[::ffff:7f00:1]/', 'https://localhost/x'].map(
        faults(false),
      ),
    ).toEqual(['private', 'private', 'private', 'private']);
    expect(['https://desk.example.org/in?x=1', 'https://8.8.8.8'].map(faults(false))).toEqual([null, null]);
    expect(['http://desk.example.org', 'http://10.0.0.1'].map(faults(true))).toEqual([
      'not-encrypted',
      'not-encrypted',
    ]);
    expect(['http://localhost:1', 'http://127.0.0.1', 'http://[::1]:8'].map(faults(true))).toEqual([
      null,
      null,
      null,
    ]);
    expect(['https://user:word@example.org', 'ftp://x', 'x'].map(faults(true))).toEqual([
      'credentials',
      'no-address',
      'no-address',
    ]);
  });
});

describe('a request to somebody else’s server', () => {
  it('[DSK-177] does not go into the own network, by an address or by a name that leads there', async () => {
    const { url, requests } = await listen((_request, response) => response.end());
    const named = url.replace('127.0.0.1', 'localhost');
    for (const target of [url, named]) {
      expect(await sending(target, { allowPrivate: false })).toEqual({
        status: null,
        text: 'its address lies in the network of this server, where nothing is sent',
      });
    }
    expect(requests()).toBe(0);
    expect(await sending(named)).toMatchObject({ status: 200 });
  });

  it('[DSK-177] follows no redirect', async () => {
    const { url, requests } = await listen((_request, response) => {
      response.writeHead(307, { location: '/again' });
      response.end();
    });
    expect(await sending(url)).toMatchObject({ status: 307 });
    expect(requests()).toBe(1);
  });

  it('[DSK-177] waits for no answer longer than it says, and reads none to its end', async () => {
    const silent = await listen(() => undefined);
    expect(await sending(silent.url, { timeoutMs: 50 })).toEqual({
      status: null,
      text: 'no answer within 0.05 seconds',
    });
    const endless = await listen((_request, response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    const { status, text } = await sending(endless.url);
    expect([status, text.length]).toEqual([200, 500]);
    const halting = await listen((_request, response) => {
      response.writeHead(200);
      response.write('taken');
    });
    expect(await sending(halting.url, { timeoutMs: 1_500 })).toEqual({ status: 200, text: 'taken' });
  });

  it('says why nothing was answered', async () => {
    const { url } = await listen((request) => request.destroy());
    expect(await sending(url)).toMatchObject({ status: null, text: 'socket hang up' });
    expect((await sending('http://127.0.0.1:1/')).text).toContain('ECONNREFUSED');
  });
});
