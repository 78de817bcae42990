import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestServer } from '../testing.ts';
import { StatusPages } from './status-pages.ts';

describe('the pages of the status', () => {
  it('[DSK-205] are made once for each change, however many ask', async () => {
    const server = await startTestServer();
    onTestFinished(() => server.stop());
    const lead = await server.signIn('lead@desk.test');
    const pages = new StatusPages(server.store.reader);
    const make = vi.fn((status: { readonly running: readonly { readonly title: string }[] }) =>
      status.running.map(({ title }) => title).join(),
    );
    const asked = () => Promise.all(Array.from({ length: 20 }, () => pages.text('page', make)));
    expect(new Set(await asked())).toEqual(new Set(['']));
    await asked();
    expect(make).toHaveBeenCalledTimes(1);
    const fields = {
      ...{ kind: 'outage', title: 'Mail is down', message: '', services: [] },
      ...{ beginsAt: null, endsAt: null, public: true, audience: [] },
    };
    const id = ulid();
    await lead.run('announcement.create', id, { fields });
    await lead.run('announcement.step', id, { to: 'in_progress' }, 1);
    expect(new Set(await asked())).toEqual(new Set(['Mail is down']));
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('[DSK-205] are made anew after a failure', async () => {
    const server = await startTestServer();
    onTestFinished(() => server.stop());
    const pages = new StatusPages(server.store.reader);
    await expect(pages.text('page', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await pages.text('page', () => 'there')).toBe('there');
  });
});
