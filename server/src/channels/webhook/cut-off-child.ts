/** The child that `cut-off.test.ts` kills: a server that makes a record and tells a webhook of it. */
import { startTestServer } from '../../testing.ts';

const [dataFolder = '', url = ''] = process.argv.slice(2);
const server = await startTestServer({
  dataFolder,
  webhookPrivate: true,
  people: [
    { email: 'admin@desk.test', roles: ['administrator'] },
    { email: 'agent@desk.test', roles: ['agent'] },
  ],
});
const admin = await server.signIn('admin@desk.test');
await admin.call('POST', '/api/webhooks', { name: 'Chat', url, kinds: ['record.created'] });
await (await server.signIn('agent@desk.test')).createTicket('incident');
await server.webhooks.work();
