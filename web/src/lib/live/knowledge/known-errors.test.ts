import { writeHelpRow, writeKnowledgeRow } from '@muster/documents/knowledge';
import type { KnownError } from '@muster/domain/problem';
import { recordId, serviceId } from '@muster/domain/shared';
import type { RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { NOW } from '../test-support/a-change.ts';
import { aKnownError, knownErrorsHere } from '../test-support/problem-desk.ts';

const [ONE, TWO, THREE] = ['1', '2', '3'].map((end) => recordId(`01K0000000000000000000000${end}`)) as [
  RecordId,
  RecordId,
  RecordId,
];
const VPN = serviceId('vpn');

const device = (role: Role, known: readonly KnownError[]) =>
  knownErrorsHere(role, known, (id) => id === THREE);

const about = (text: string, items: readonly (typeof VPN)[] = []) => ({
  ...{ text, items, service: null, category: null },
});

describe('known errors on a device', () => {
  it('[PRB-53] show an own change of what is published as the next draft, without a network', () => {
    const { shown, acts } = device('agent', [aKnownError(ONE, {})]);
    shown.run(ONE, { verb: 'edit', fields: { workaround: 'Restart it' } });
    expect(shown.get(ONE)).toMatchObject({ workaround: 'Restart it', draft: 'draft', pending: 1 });
    expect(shown.get(ONE)?.published?.content.workaround).toBe('Connect again');
    expect(acts.commands.map(({ envelope }) => envelope.type)).toEqual(['known-error.edit']);
  });

  it('[PRB-52] refuse at once what the rules refuse here, and send nothing', async () => {
    const { shown, acts } = device('agent', [aKnownError(ONE, {})]);
    expect(await shown.run(ONE, { verb: 'retire', reason: 'Old' }).kept).toMatchObject({
      refusal: { code: 'problem/knowledge-not-permitted' },
    });
    expect(await shown.run(ONE, { verb: 'link', ticket: TWO }).kept).toMatchObject({
      refusal: { code: 'problem/knowledge-unknown-ticket' },
    });
    expect(acts.commands).toEqual([]);
  });

  it('[PRB-62] are suggested by shared item and by words that tell, with why', () => {
    const { shown } = device('agent', [
      aKnownError(ONE, {}),
      aKnownError(TWO, { title: 'Printer is on fire', symptom: 'Smoke', items: [VPN] }),
      aKnownError(THREE, { title: 'A tunnel in a draft' }, false),
    ]);
    const found = shown.suggest(about('Hello, my tunnel drops again since this morning', [VPN]), new Set());
    expect(found.map(({ id }) => id)).toEqual([TWO, ONE]);
    expect(found[0]?.why).toEqual([{ kind: 'items', items: [VPN] }]);
    expect(found[1]).toMatchObject({ workaround: 'Connect again', number: 1 });
    expect(found[1]?.why).toMatchObject([
      { kind: 'words', words: expect.arrayContaining(['tunnel']) as unknown },
    ]);
    expect(shown.suggest(about('Please help me with my problem'), new Set())).toEqual([]);
    expect(shown.suggest(about('My tunnel drops'), new Set([ONE]))).toEqual([]);
  });

  it('[CFG-103] are suggested by an item that was joined into that of the ticket', () => {
    const [twin, host] = [recordId('TWIN'), recordId('HOST')];
    const smoke = aKnownError(TWO, { title: 'Printer is on fire', symptom: 'Smoke', items: [twin] });
    const { shown } = knownErrorsHere('agent', [smoke], undefined, (id) => (id === twin ? host : id));
    const ticket = { text: 'Help', items: [host], service: null, category: null };
    expect(shown.suggest(ticket, new Set())).toMatchObject([
      { id: TWO, why: [{ kind: 'items', items: [host] }] },
    ]);
  });

  it('[PRB-62] are found by what arrives later, and not by what has gone', () => {
    const { shown, board } = device('agent', [aKnownError(ONE, {})]);
    expect(shown.search('marmalade')).toEqual([]);
    writeKnowledgeRow(board, aKnownError(TWO, { title: 'Marmalade in the keyboard' }));
    expect(shown.search('marma')).toEqual([TWO]);
    board.getMap('rows').delete(TWO);
    expect(shown.search('marma')).toEqual([]);
  });

  it('[PRB-64] show whoever writes a new one what says nearly the same, drafts too', () => {
    const { shown } = device('agent', [
      aKnownError(ONE, {}),
      aKnownError(TWO, { title: 'Tunnel closes hourly' }, false),
    ]);
    const fields = { title: 'The tunnel closes every hour', symptom: '', errorCode: '' };
    expect(
      shown
        .similar(fields, null)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([ONE, TWO]);
    expect(shown.similar(fields, TWO).map(({ id }) => id)).toEqual([ONE]);
    expect(shown.similar({ ...fields, title: 'Payroll is late' }, null)).toEqual([]);
    // one word of many is chance
    expect(shown.similar({ ...fields, title: 'Tunnel lights flicker near gate four' }, null)).toEqual([]);
  });

  it('[PRB-62] are suggested by their title, however many are called so', () => {
    const { shown } = device('agent', [
      aKnownError(ONE, { title: 'Printer offline after update', symptom: '' }),
      aKnownError(TWO, { title: 'Printer offline', symptom: '' }),
      aKnownError(THREE, { title: 'Printer offline hall C', symptom: '' }),
    ]);
    const found = shown.suggest(about('Printer offline'), new Set()).map(({ id }) => id);
    expect(found).toHaveLength(3);
    expect(found[0]).toBe(TWO);
  });

  it('[PRB-64] are shown where all are about one thing, and where the title has no word that tells', () => {
    const fields = { symptom: 'The printer shows offline', errorCode: '' };
    const titles = ['Printer offline', 'Printer offline hall C', 'Your first day'];
    const all = [ONE, TWO, THREE].map((id, at) =>
      aKnownError(id, { title: titles[at] ?? '', symptom: fields.symptom }),
    );
    const { shown } = device('agent', all);
    const alike = (title: string) => shown.similar({ ...fields, title }, null).map(({ id }) => id);
    expect(alike('Printer offline')[0]).toBe(ONE);
    expect(shown.similar({ ...fields, symptom: '', title: 'Your first day' }, null)).toMatchObject([
      { id: THREE },
    ]);
    const one = device('agent', all.slice(0, 1)).shown;
    expect(one.similar({ ...fields, title: 'Printer offline' }, null)).toMatchObject([{ id: ONE }]);
  });

  it('[PRB-61] of whoever is not of the staff are what is published for everybody', async () => {
    const { shown, help, acts } = device('requester', []);
    const { title, symptom, workaround, cause, errorCode, service, category, words, validUntil } =
      aKnownError(ONE, {});
    const told = { title, symptom, workaround, cause, errorCode, service, category, words, validUntil };
    writeHelpRow(help, ONE, { ...told, id: ONE, kind: 'article', number: 2, publishedAt: NOW, body: [] });
    expect(shown.all).toEqual([]);
    expect(shown.help.map(({ id }) => id)).toEqual([ONE]);
    expect(shown.suggest(about('My tunnel drops every hour'), new Set())).toMatchObject([
      { id: ONE, number: 2 },
    ]);
    shown.run(ONE, { verb: 'rate', number: 2, helped: true });
    await Promise.resolve();
    expect(acts.commands).toHaveLength(1);
  });
});
