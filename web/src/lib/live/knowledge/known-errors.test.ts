import { seedHelpBoard, writeHelpRow, writeKnowledgeRow } from '@muster/documents/knowledge';
import { evolveKnowledge } from '@muster/domain/problem';
import type { KnowledgeEvent, KnowledgeFields, KnownError } from '@muster/domain/problem';
import { personId, recordId, serviceId } from '@muster/domain/shared';
import type { RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOBODY, NOW, ana } from '../test-support/a-change.ts';
import { heldHere } from '../test-support/held-here.ts';
import { KeptActs } from '../test-support/kept-acts.ts';
import { KnownErrors } from './known-errors.ts';

const [ONE, TWO, THREE] = ['1', '2', '3'].map((end) => recordId(`01K0000000000000000000000${end}`)) as [
  RecordId,
  RecordId,
  RecordId,
];
const VPN = serviceId('vpn');

const FIELDS: KnowledgeFields = {
  ...{ title: 'VPN tunnel drops every hour', symptom: 'The tunnel closes after sixty minutes' },
  ...{ workaround: 'Connect again', cause: '', errorCode: '', items: [], service: null, category: null },
  ...{ words: [], problem: null, audience: 'staff', validUntil: null, owner: null, reviewers: [] },
};

function made(id: RecordId, fields: Partial<KnowledgeFields>, isPublished = true): KnownError {
  const whole = { ...FIELDS, ...fields };
  const { owner, reviewers, ...content } = whole;
  void [owner, reviewers];
  const events: KnowledgeEvent[] = [
    { type: 'created', kind: 'known-error', fields: whole },
    ...(isPublished
      ? [{ type: 'published', number: 1, content, body: [], excerpt: '', text: null } as const]
      : []),
  ];
  return events.reduce<KnownError | null>((state, event, index) => {
    const at = NOW + index;
    return evolveKnowledge(
      state,
      { seq: index, version: index + 1, event, actor: personId('bo'), at, clientAt: at },
      id,
    );
  }, null)!;
}

function device(role: Role, known: readonly KnownError[]) {
  const [board, help, acts] = [new Y.Doc(), new Y.Doc(), new KeptActs()];
  for (const it of known) writeKnowledgeRow(board, it);
  seedHelpBoard(help);
  const shown = new KnownErrors({
    ...{ outbox: acts, actor: ana(role), directory: () => NOBODY, knowsOrganisation: () => true },
    ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
    shelf: { open: () => heldHere(new Y.Doc()), retryForbidden: () => undefined },
    mayReadTicket: (id) => id === THREE,
    ...{ isItem: () => true, isProblem: () => true },
  });
  shown.follow(role === 'requester' ? undefined : heldHere(board), heldHere(help));
  return { shown, acts, board, help };
}

const about = (text: string, items: readonly (typeof VPN)[] = []) => ({
  ...{ text, items, service: null, category: null },
});

describe('known errors on a device', () => {
  it('[PRB-53] show an own change of what is published as the next draft, without a network', () => {
    const { shown, acts } = device('agent', [made(ONE, {})]);
    shown.run(ONE, { verb: 'edit', fields: { workaround: 'Restart it' } });
    expect(shown.get(ONE)).toMatchObject({ workaround: 'Restart it', draft: 'draft', pending: 1 });
    expect(shown.get(ONE)?.published?.content.workaround).toBe('Connect again');
    expect(acts.commands.map(({ envelope }) => envelope.type)).toEqual(['known-error.edit']);
  });

  it('[PRB-52] refuse at once what the rules refuse here, and send nothing', async () => {
    const { shown, acts } = device('agent', [made(ONE, {})]);
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
      made(ONE, {}),
      made(TWO, { title: 'Printer is on fire', symptom: 'Smoke', items: [VPN] }),
      made(THREE, { title: 'A tunnel in a draft' }, false),
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

  it('[PRB-62] are found by what arrives later, and not by what has gone', () => {
    const { shown, board } = device('agent', [made(ONE, {})]);
    expect(shown.search('marmalade')).toEqual([]);
    writeKnowledgeRow(board, made(TWO, { title: 'Marmalade in the keyboard' }));
    expect(shown.search('marma')).toEqual([TWO]);
    board.getMap('rows').delete(TWO);
    expect(shown.search('marma')).toEqual([]);
  });

  it('[PRB-64] show whoever writes a new one what says nearly the same, drafts too', () => {
    const { shown } = device('agent', [made(ONE, {}), made(TWO, { title: 'Tunnel closes hourly' }, false)]);
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

  it('[PRB-61] of whoever is not of the staff are what is published for everybody', async () => {
    const { shown, help, acts } = device('requester', []);
    const { title, symptom, workaround, cause, errorCode, service, category, words, validUntil } = FIELDS;
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
