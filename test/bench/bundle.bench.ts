/** What a first visit to the queue has to fetch of JavaScript and styles before it shows rows. */
import { get } from 'node:http';
import { withDesk } from './desk.ts';
import { report } from './report.ts';

await withDesk(40, async ({ desk, actor }) => {
  // the worker fetches the rest for offline starts, after the page is there
  const agent = await actor('agent@desk.test', { serviceWorkers: 'block' });
  const fetched = new Map<string, Set<string>>();
  agent.page.on('request', (request) => {
    const kind = request.resourceType();
    fetched.set(kind, (fetched.get(kind) ?? new Set()).add(request.url()));
  });
  await agent.queue.open();
  await agent.expectSaved();
  const sum = async (kind: string, encoding: string) => {
    const sizes = await Promise.all([...(fetched.get(kind) ?? [])].map((url) => sizeOf(url, encoding)));
    return sizes.reduce((total, size) => total + size, 0) / 1024;
  };
  await report('bundle', [
    {
      what: 'JavaScript for the first load of the queue, gzip',
      value: await sum('script', 'gzip'),
      unit: 'KB',
      target: 250,
    },
    {
      what: 'JavaScript for the first load of the queue, brotli',
      value: await sum('script', 'br'),
      unit: 'KB',
    },
    { what: 'styles, gzip', value: await sum('stylesheet', 'gzip'), unit: 'KB' },
    { what: 'the page itself, gzip', value: (await sizeOf(desk.url, 'gzip')) / 1024, unit: 'KB' },
  ]);
});

/** Bytes of the body as it crosses the network. */
function sizeOf(url: string, encoding: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}
