/** The child that `cut-off.test.ts` kills: a server that gives one record to somebody and sends the mail about it. */
import { mailAt, startTestServer } from '../testing.ts';
import type { MailSettings } from './mail/settings.ts';

const [dataFolder = '', settings = ''] = process.argv.slice(2);
const server = await startTestServer({
  dataFolder,
  people: [
    { email: 'agent@desk.test', roles: ['agent'] },
    { email: 'other@desk.test', roles: ['agent'] },
  ],
  mail: JSON.parse(settings) as MailSettings,
});
const agent = await server.signIn('agent@desk.test');
const { id } = await agent.createTicket('incident');
await agent.run('incident.assign', id, { team: null, owner: server.account('other@desk.test').id }, 1);
const inTwoMinutes = Date.now() + 2 * 60_000;
await mailAt(server, inTwoMinutes);
