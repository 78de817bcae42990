import { describe, expect, test } from 'vitest';
import { recordId } from '../../shared/index.ts';
import { VPN } from '../../shared/test-support/organisation.ts';
import { asInHistory } from './acts.ts';
import { isDue, isForEverybody, knowledgeDueAt } from './known-error.ts';
import { BLANK, DAY, FIELDS, Knowledge, NOW, personOf, textOf } from './test-knowledge.ts';

const refusal = (answer: ReturnType<Knowledge['run']>) => (answer.ok ? null : answer.refusal);
const told = (answer: ReturnType<Knowledge['run']>) =>
  answer.ok
    ? answer.value.tell.map(({ person, detail }) => [person, detail['what'] ?? detail['field']])
    : null;

describe('the way of a known error', () => {
  test('[PRB-50] goes from draft over review to published, and then to retired', () => {
    const all = new Knowledge().make();
    expect(all.at()).toMatchObject({ state: 'draft', draft: 'draft', owner: personOf('ana') });
    all.do('ana', { verb: 'submit' });
    expect(all.at()).toMatchObject({ state: 'review', draft: 'review' });
    all.do('lea', { verb: 'publish', text: null });
    expect(all.at()).toMatchObject({ state: 'published', draft: null, published: { number: 1 } });
    all.do('lea', { verb: 'retire', reason: 'Fixed for good' });
    expect(all.at()).toMatchObject({ state: 'retired', reason: 'Fixed for good' });
    const after = refusal(all.run('ana', { verb: 'edit', fields: { title: 'Other' } }));
    expect(after).toMatchObject({ code: 'problem/knowledge-over', state: 'retired' });
  });

  test('[PRB-50] takes no step that is none', () => {
    const all = new Knowledge().make();
    const early = { code: 'problem/knowledge-moved', state: 'draft' };
    expect(refusal(all.run('lea', { verb: 'publish', text: null }))).toMatchObject(early);
    expect(refusal(all.run('lea', { verb: 'extend', validUntil: null }))).toMatchObject(early);
    expect(refusal(all.run('lea', { verb: 'send-back', reason: 'No' }))).toMatchObject(early);
    expect(refusal(all.run('ana', { verb: 'rate', number: 1, helped: true }))).toMatchObject(early);
    expect(refusal(all.run('ana', { verb: 'discard' }))).toMatchObject(early);
  });

  test('[PRB-50] ends for a draft that came to nothing by whoever writes', () => {
    const all = new Knowledge().make();
    expect(refusal(all.run('ana', { verb: 'retire', reason: ' ' }))).toMatchObject({
      code: 'problem/knowledge-missing',
      field: 'reason',
    });
    expect(all.do('ana', { verb: 'retire', reason: 'Not an error' }).at().state).toBe('retired');
  });

  test('[PRB-51] is not submitted without a symptom and a way round it or its cause', () => {
    const all = new Knowledge().make(BLANK);
    expect(refusal(all.run('ana', { verb: 'submit' }))).toMatchObject({
      lacks: ['symptom', 'workaround-or-cause'],
    });
    all.do('ana', { verb: 'edit', fields: { symptom: 'It breaks', cause: 'A timer' } });
    expect(all.do('ana', { verb: 'submit' }).at().state).toBe('review');
    all.do('ana', { verb: 'edit', fields: { cause: '' } });
    expect(refusal(all.run('lea', { verb: 'publish', text: null }))).toMatchObject({
      code: 'problem/knowledge-incomplete',
      lacks: ['workaround-or-cause'],
    });
  });

  test('[PRB-51] of an article is not submitted without a text', () => {
    const all = new Knowledge().make(BLANK, 'k1', 'article');
    expect(refusal(all.run('ana', { verb: 'submit' }))).toMatchObject({ lacks: ['text'] });
    all.text = textOf('How to print');
    expect(all.publish().at().published).toMatchObject({ excerpt: 'How to print', text: all.text.digest });
  });

  test('[PRB-52] lets agents write, leads publish, and requesters neither', () => {
    const all = new Knowledge().published();
    const no = { code: 'problem/knowledge-not-permitted', permission: 'problem.publish-knowledge' };
    expect(refusal(all.run('ana', { verb: 'retire', reason: 'Mine' }))).toMatchObject(no);
    expect(refusal(all.run('ana', { verb: 'supersede', by: recordId('k2') }))).toMatchObject(no);
    expect(refusal(all.run('ana', { verb: 'extend', validUntil: null }))).toMatchObject(no);
    all.do('bo', { verb: 'edit', fields: { cause: 'A timer' } }).do('bo', { verb: 'submit' });
    expect(refusal(all.run('ana', { verb: 'publish', text: null }))).toMatchObject(no);
    const made = all.run('rita', { verb: 'create', kind: 'article', fields: FIELDS }, 'k9');
    expect(refusal(made)).toMatchObject({ code: 'problem/no-such-known-error' });
  });

  test('[PRB-53] keeps what is published beside its next draft, and numbers the versions', () => {
    const all = new Knowledge().published();
    all.do('bo', { verb: 'edit', fields: { workaround: 'Restart the client.' } });
    expect(all.at()).toMatchObject({
      ...{ state: 'published', draft: 'draft', workaround: 'Restart the client.' },
      published: { number: 1, content: { workaround: 'Connect again.' } },
    });
    all.publish();
    expect(all.at()).toMatchObject({
      published: { number: 2, content: { workaround: 'Restart the client.' } },
    });
    const versions = all.events().filter(({ type }) => type === 'published');
    expect(versions).toMatchObject([
      { number: 1, content: { workaround: 'Connect again.' } },
      { number: 2, content: { workaround: 'Restart the client.' } },
    ]);
  });

  test('[PRB-53] drops a next draft and leaves what is published', () => {
    const all = new Knowledge().published().do('bo', { verb: 'revise' });
    all.do('bo', { verb: 'edit', fields: { title: 'Other', workaround: '' } }).do('bo', { verb: 'discard' });
    expect(all.at()).toMatchObject({ title: FIELDS.title, workaround: 'Connect again.', draft: null });
    expect(refusal(all.run('bo', { verb: 'discard' }))).toMatchObject({ code: 'problem/knowledge-moved' });
  });

  test('[PRB-80] drops a draft with the text that was read, and none that somebody wrote in since', () => {
    const all = new Knowledge().published().do('bo', { verb: 'revise' });
    all.text = textOf('First words');
    const read = all.text.digest;
    all.text = textOf('First words of others');
    expect(refusal(all.run('bo', { verb: 'discard', text: read }))).toMatchObject({
      code: 'problem/knowledge-text-moved',
    });
    all.do('bo', { verb: 'discard', text: all.text.digest });
    expect(all.at().draft).toBeNull();
  });

  test('[PRB-54] publishes what the publisher read, and nothing that moved since', () => {
    const all = new Knowledge().make();
    all.text = textOf('First words');
    all.do('ana', { verb: 'submit' });
    const read = all.at().version;
    all.do('bo', { verb: 'edit', fields: { workaround: 'Unplug it.' } });
    const publish = { verb: 'publish', text: all.text.digest } as const;
    expect(refusal(all.run('lea', publish, 'k1', read))).toMatchObject({
      code: 'problem/knowledge-altered',
      by: personOf('bo'),
    });
    all.text = textOf('Other words');
    expect(refusal(all.run('lea', publish))).toMatchObject({ code: 'problem/knowledge-text-moved' });
    all.do('lea', { verb: 'publish', text: all.text.digest });
    expect(all.events().at(-1)).toMatchObject({ type: 'published', body: all.text.body });
  });

  test('[PRB-55] lets the later of two alterations stand and tells the other', () => {
    const all = new Knowledge().make();
    all.do('bo', { verb: 'edit', fields: { cause: 'A timer' } });
    const answer = all.run('ana', { verb: 'edit', fields: { cause: 'A cable' } }, 'k1', 1);
    expect(told(answer)).toEqual([[personOf('bo'), 'cause']]);
    expect(all.at().cause).toBe('A cable');
    all.do('ana', { verb: 'submit' });
    const second = all.run('bo', { verb: 'submit' }, 'k1', 3);
    expect(second).toMatchObject({ ok: true, value: { events: [], superseded: { by: { person: 'ana' } } } });
  });

  test('[PRB-56] tells its reviewers, and its author why it came back', () => {
    const all = new Knowledge().make({ reviewers: [personOf('lea')] });
    expect(told(all.run('ana', { verb: 'submit' }))).toEqual([[personOf('lea'), 'review']]);
    expect(refusal(all.run('bo', { verb: 'send-back', reason: 'No' }))).toMatchObject({
      code: 'problem/knowledge-not-permitted',
    });
    const back = all.run('lea', { verb: 'send-back', reason: 'Say how' });
    expect(told(back)).toEqual([[personOf('ana'), 'back']]);
    expect(all.at()).toMatchObject({ state: 'draft', sentBack: { reason: 'Say how' } });
    all.do('ana', { verb: 'submit' }).do('ana', { verb: 'send-back', reason: 'Not done yet' });
    expect(all.at().state).toBe('draft');
    const unfit = all.run('ana', { verb: 'edit', fields: { reviewers: [personOf('bo')] } });
    expect(refusal(unfit)).toMatchObject({ code: 'problem/knowledge-unknown-person', field: 'reviewers' });
  });

  test('[PRB-57] is superseded by another that is published, not by itself and in no circle', () => {
    const all = new Knowledge().published().published({}, 'k2').make({}, 'k3');
    const no = { code: 'problem/knowledge-no-replacement' };
    for (const by of ['k1', 'k3', 'k9'])
      expect(refusal(all.run('lea', { verb: 'supersede', by: recordId(by) }))).toMatchObject(no);
    all.do('lea', { verb: 'supersede', by: recordId('k2') });
    expect(all.at()).toMatchObject({ state: 'superseded', supersededBy: 'k2' });
    expect(refusal(all.run('lea', { verb: 'supersede', by: recordId('k1') }, 'k2'))).toMatchObject(no);
  });
});

describe('what people make of it', () => {
  test('[PRB-58] counts each person once for each version, as they said last', () => {
    const all = new Knowledge().published({ audience: 'everybody' });
    const no = all.run('rita', { verb: 'rate', number: 1, helped: false, comment: 'It did not' });
    expect(told(no)).toEqual([[personOf('ana'), 'not-helped']]);
    expect(told(all.run('rita', { verb: 'rate', number: 1, helped: false }))).toEqual([]);
    all.do('bo', { verb: 'rate', number: 1, helped: true });
    expect(all.at()).toMatchObject({ helped: 1, notHelped: 1 });
    all.do('rita', { verb: 'rate', number: 1, helped: true });
    expect(all.at()).toMatchObject({ helped: 2, notHelped: 0 });
    expect(told(all.run('rita', { verb: 'rate', number: 1, helped: false }))).toEqual([]);
    all.do('ana', { verb: 'revise' }).publish();
    expect(all.at()).toMatchObject({ helped: 0, notHelped: 0 });
    expect(refusal(all.run('rita', { verb: 'rate', number: 1, helped: true }))).toMatchObject({
      code: 'problem/knowledge-other-version',
      present: 2,
    });
  });

  test('[PRB-59] counts a ticket once, and only one that may be read', () => {
    const all = new Knowledge().published();
    const link = { verb: 'link', ticket: recordId('t1') } as const;
    all.do('bo', link).do('bo', { verb: 'link', ticket: recordId('t2') });
    expect(all.run('ana', link)).toMatchObject({
      value: { events: [], superseded: { by: { person: 'bo' } } },
    });
    expect(all.at().used).toBe(2);
    all.do('ana', { verb: 'unlink', ticket: recordId('t1') });
    expect(all.at().used).toBe(1);
    const hidden = all.run('ana', { verb: 'link', ticket: recordId('t9') });
    expect(refusal(hidden)).toMatchObject({ code: 'problem/knowledge-unknown-ticket' });
    const again = all.run('ana', { verb: 'unlink', ticket: recordId('t1') });
    expect(refusal(again)).toMatchObject({ code: 'problem/knowledge-not-linked' });
  });

  test('[PRB-59] names no ticket in its history', () => {
    const all = new Knowledge().published().do('bo', { verb: 'link', ticket: recordId('t1') });
    expect(JSON.stringify(all.events().map(asInHistory))).not.toContain('t1');
  });

  test('[PRB-60] says that its time is over, tells its owner once, and is extended without a version', () => {
    const all = new Knowledge().published({ validUntil: NOW + DAY });
    const due = { verb: 'note-due' } as const;
    expect(refusal(all.run('system', due))).toMatchObject({ code: 'problem/knowledge-not-due' });
    all.now = NOW + DAY;
    expect([isDue(all.at(), all.now), all.at().state]).toEqual([true, 'published']);
    expect(refusal(all.run('lea', due))).toMatchObject({ code: 'problem/knowledge-not-permitted' });
    expect(told(all.run('system', due))).toEqual([[personOf('ana'), 'due']]);
    expect(refusal(all.run('system', due))).toMatchObject({ code: 'problem/knowledge-not-due' });
    expect(knowledgeDueAt(all.at())).toBeNull();
    all.do('lea', { verb: 'extend', validUntil: NOW + 9 * DAY });
    expect(all.at()).toMatchObject({ published: { number: 1, content: { validUntil: NOW + 9 * DAY } } });
    expect(knowledgeDueAt(all.at())).toBe(NOW + 9 * DAY);
  });

  test('[PRB-81] is extended without the end that its draft says, and with one that says the same', () => {
    const all = new Knowledge().published({ validUntil: NOW + DAY });
    all.do('bo', { verb: 'edit', fields: { validUntil: NOW + 5 * DAY } }).do('bo', { verb: 'submit' });
    all.do('lea', { verb: 'extend', validUntil: null });
    expect(all.at()).toMatchObject({
      ...{ validUntil: NOW + 5 * DAY, draft: 'review' },
      published: { content: { validUntil: null } },
    });
    const other = new Knowledge().published({ validUntil: NOW + DAY }).do('bo', { verb: 'revise' });
    other.do('bo', { verb: 'submit' }).do('lea', { verb: 'extend', validUntil: NOW + 9 * DAY });
    expect(other.at().validUntil).toBe(NOW + 9 * DAY);
  });

  test('[PRB-81] is not published by whoever had not seen that it was extended', () => {
    const all = new Knowledge().published({ validUntil: NOW + DAY });
    all.do('bo', { verb: 'edit', fields: { validUntil: NOW + 5 * DAY } }).do('bo', { verb: 'submit' });
    const read = all.at().version;
    all.do('system', { verb: 'extend', validUntil: null });
    const answer = all.run('lea', { verb: 'publish', text: null }, 'k1', read);
    expect(refusal(answer)).toMatchObject({ code: 'problem/knowledge-altered' });
  });

  test('[PRB-61] is read by everybody only while it is published for everybody', () => {
    const rate = { verb: 'rate', number: 1, helped: true } as const;
    const hidden = { code: 'problem/no-such-known-error' };
    const all = new Knowledge().published().published({ audience: 'everybody' }, 'k2');
    all.make({ audience: 'everybody' }, 'k3');
    expect(['k1', 'k2', 'k3'].map((name) => isForEverybody(all.at(name)))).toEqual([false, true, false]);
    for (const name of ['k1', 'k3']) expect(refusal(all.run('rita', rate, name))).toMatchObject(hidden);
    expect(all.run('rita', rate, 'k2').ok).toBe(true);
    expect(refusal(all.run('rita', { verb: 'link', ticket: recordId('t1') }, 'k2'))).toMatchObject({
      code: 'problem/knowledge-not-permitted',
    });
    // a draft that narrows its audience narrows nothing yet
    all.do('ana', { verb: 'edit', fields: { audience: 'staff' } }, 'k2');
    expect(isForEverybody(all.at('k2'))).toBe(true);
    all.publish('k2');
    expect(refusal(all.run('rita', rate, 'k2'))).toMatchObject(hidden);
  });
});

describe('its fields', () => {
  const all = new Knowledge().make();
  test.each([
    [{ title: ' ' }, 'problem/knowledge-missing'],
    [{ title: 'x'.repeat(251) }, 'problem/knowledge-field'],
    [{ symptom: 'x'.repeat(4001) }, 'problem/knowledge-field'],
    [{ category: 'No such' }, 'problem/knowledge-field'],
    [{ validUntil: Date.UTC(2101, 0, 1) }, 'problem/knowledge-field'],
    [{ words: [''] }, 'problem/knowledge-field'],
    [{ items: [recordId('i9')] }, 'problem/knowledge-unknown-item'],
    [{ problem: recordId('p9') }, 'problem/knowledge-unknown-problem'],
    [{ owner: personOf('rita') }, 'problem/knowledge-unknown-person'],
    [{ title: FIELDS.title }, 'problem/knowledge-same'],
  ])('%j is refused', (fields, code) => {
    expect(refusal(all.run('ana', { verb: 'edit', fields }))).toMatchObject({ code });
  });

  test('are kept trimmed, and each item once', () => {
    const fields = { title: ' A ', items: [recordId('i1'), VPN, recordId('i1')], problem: recordId('p1') };
    expect(all.do('ana', { verb: 'edit', fields }).at()).toMatchObject({
      ...{ title: 'A', problem: 'p1' },
      items: ['i1', VPN],
    });
  });
});
