/** How long 10,000 alerts of a minute take to be kept and worked off, and how many incidents come of them. */
import { startTestServer } from '@muster/server/testing';

const GROUPS = 10_000;
const AT_ONCE = 8;
const PER_MINUTE = 3_000;
const PAYLOAD_ALERTS = Math.ceil(GROUPS / (PER_MINUTE - 500));

const server = await startTestServer();
const admin = await server.signIn('admin@desk.test');
const answer = await admin.call('POST', '/api/integrations', { name: 'Bench', kind: 'alertmanager' });
const { integration, key } = (await answer.json()) as { integration: { id: string }; key: string };

const from = performance.now();
const payloads = Math.ceil(GROUPS / PAYLOAD_ALERTS);
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < payloads) {
      const at = next++;
      const sent = await server.call('POST', `/api/alerts/${integration.id}`, payload(at), {
        authorization: `Bearer ${key}`,
      });
      if (sent.status !== 202) throw new Error(`payload ${at} answered ${sent.status}`);
    }
  }),
);
const keptMs = performance.now() - from;
await server.alerts.idle();
const doneMs = performance.now() - from;
const count = async (table: 'record' | 'alert' | 'event') =>
  (
    await server.store.reader
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n;
process.stdout.write(
  `${await count('alert')} alerts: kept in ${Math.round(keptMs)} ms, worked off after ${Math.round(doneMs)} ms; ` +
    `${await count('record')} incidents, ${await count('event')} events\n`,
);
await server.stop();

function payload(at: number): object {
  const alerts = Array.from({ length: PAYLOAD_ALERTS }, (_, member) => ({
    status: 'firing',
    labels: {
      alertname: 'HostDown',
      instance: `host-${at}-${member}`,
      cluster: 'north',
      severity: 'critical',
    },
    annotations: {},
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: `${at}-${member}`,
  }));
  return { version: '4', groupKey: `group-${at}`, status: 'firing', alerts };
}
