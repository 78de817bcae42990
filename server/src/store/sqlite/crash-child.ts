/** The child that `crash.test.ts` kills: writes without pause and says on its standard output what was acknowledged. */
import { draftName } from '@muster/documents';
import * as Y from 'yjs';
import { ANNE, CREATE, actor, command, newId } from '../test-store.ts';
import { openSqliteStore } from './open.ts';

const [file = ''] = process.argv.slice(2);
const store = await openSqliteStore({ file });
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function type(): Promise<never> {
  const name = draftName(ANNE);
  await store.documents.load(name);
  const doc = new Y.Doc();
  let latest = new Uint8Array();
  doc.on('update', (update) => {
    latest = update as Uint8Array<ArrayBuffer>;
  });
  for (let index = 0; ; index += 1) {
    doc.getText(`draft:${process.pid}`).insert(index, 'x');
    const request = { name, person: ANNE, session: 's', clientIds: [doc.clientID], update: latest };
    const outcome = await store.documents.append(request);
    if (outcome.ok) say({ seq: outcome.seq });
  }
}

async function create(): Promise<never> {
  for (;;) {
    const one = command('incident.create', newId(), CREATE);
    const [outcome] = await store.commands.run([one], actor(ANNE));
    say({
      command: one.id,
      record: one.target,
      number: outcome?.outcome === 'applied' ? outcome.number : null,
    });
  }
}

await Promise.all([type(), create(), create()]);
