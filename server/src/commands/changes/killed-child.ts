/** The child that `killed.test.ts` kills: brings a change to its votes, says so, and writes on until it is ended. */
import { roomFragment, roomName } from '@muster/documents';
import { contentOf } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import * as Y from 'yjs';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import { docOf } from '../../store/sqlite/documents/fold.ts';
import { changeOf } from '../../store/changes.ts';
import { ANNE, actor, command, runOne } from '../../store/test-store.ts';

const [file = '', target = '', service = '', ...voters] = process.argv.slice(2);
const store = await openSqliteStore({ file });
const id = recordId(target);
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function present() {
  const row = await store.reader.selectFrom('change').select('data').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : changeOf(row);
}

async function act(verb: string, args: object, by: PersonId = ANNE): Promise<void> {
  const role = by === ANNE ? 'agent' : 'team-lead';
  const basis = (await present())?.version ?? 0;
  const outcome = await runOne(store, command(`change.${verb}`, id, args, basis), actor(by, role));
  if (outcome.outcome !== 'applied') throw new Error(JSON.stringify(outcome));
}

async function write(words: string): Promise<void> {
  const name = roomName(id);
  const loaded = await store.documents.load(name);
  const doc = docOf(loaded?.snapshot ?? null, loaded?.tail ?? []);
  const before = Y.encodeStateVector(doc);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  roomFragment(doc, 'implementation').push([paragraph]);
  const update = Y.encodeStateAsUpdate(doc, before);
  const clientIds = [doc.clientID];
  const outcome = await store.documents.append({ name, person: ANNE, session: 's', clientIds, update });
  if (!outcome.ok) throw new Error(outcome.code);
}

const begins = Date.now();
const fields = { title: 'New relay', items: [service], begins, ends: begins + 3_600_000 };
await act('create', { model: 'normal', fields });
await write('Swap the relay');
await act('step', { to: 'assess' });
const answers = { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' };
await act('assess', { input: { answers, likelihood: 1, impact: 1 } });
const [first, second] = voters.map(personId);
const made = await present();
if (made === null) throw new Error('the change is not there');
const read = contentOf(made);
if (first !== undefined) await act('vote', { vote: 'approved', read }, first);
await act('step', { to: 'authorize' });
if (second !== undefined) await act('vote', { vote: 'approved', read }, second);
say({ read });
await write('and the cable');
say({ written: true });
await new Promise(() => setInterval(() => undefined, 1_000));
