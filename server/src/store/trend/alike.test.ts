import { symptomOf } from '@muster/domain/problem';
import { recordId, serviceId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { alike, formsOf } from './alike.ts';
import type { AlikeRow } from './alike.ts';

let at = 1_000;
interface Row extends AlikeRow {
  readonly title: string;
}
const row = (title: string, more: Partial<AlikeRow> = {}): Row => {
  at -= 1;
  return {
    title,
    symptom: symptomOf(title),
    help: null,
    service: null,
    category: null,
    team: null,
    items: [],
    createdAt: at,
    ...more,
  };
};
const groupsOf = (rows: readonly Row[], look = () => undefined as void) =>
  alike(formsOf(rows, look).forms, look)
    .map(({ members }) => members.map(({ title }) => title))
    .filter((titles) => titles.length > 1)
    .toSorted((one, other) => other.length - one.length);

describe('texts that say the same', () => {
  it('[PRB-25] come together whatever their order, endings and passing words', () => {
    const printers = ['Printer jams on floor 2', 'The printers jam: floor 2', 'Floor 2, printer is jamming'];
    expect(groupsOf([...printers, 'Mail is slow', 'Badge lost'].map((title) => row(title)))).toEqual([
      printers,
    ]);
  });

  it('[PRB-25] stay apart where only common words are the same', () => {
    const rows = ['Laptop', 'Phone', 'Badge', 'Screen', 'Keyboard'].map((thing) =>
      row(`${thing} broken today`),
    );
    expect(groupsOf(rows)).toEqual([]);
  });

  it('[PRB-25] need less of their words in common where a field is the same', () => {
    const titles = ['Outlook hangs sending', 'Outlook hangs searching', 'Outlook calendar empty'];
    const noise = ['Teams call drops', 'Wiki page missing', 'Badge lost'].map((title) => row(title));
    const together = (service: string | null) =>
      groupsOf([...titles.map((title) => row(title, { service })), ...noise])[0] ?? [];
    expect(together('mail').length).toBeGreaterThanOrEqual(together(null).length);
    expect(together('mail')).toEqual(expect.arrayContaining(titles.slice(0, 2)));
  });

  it('[PRB-25] count an item that both are about in, and a service that is one only once', () => {
    const titles = ['Invoices print blank', 'Invoices print askew upstairs'];
    const noise = ['Wiki page missing', 'Badge lost', 'Teams call drops', 'Screen flickers'].map((title) =>
      row(title),
    );
    const [web, db] = [recordId('web'), recordId('db')];
    const together = (more: Partial<AlikeRow>, other = more) =>
      groupsOf([row(titles[0] ?? '', more), row(titles[1] ?? '', other), ...noise]).length;
    expect(together({})).toBe(0);
    expect(together({ items: [db, web] }, { items: [web] })).toBe(1);
    expect(together({ items: [db] }, { items: [web] })).toBe(0);
    const mail = serviceId('mail');
    const likeness = together({ service: mail });
    expect(together({ service: mail, items: [mail] })).toBe(likeness);
  });

  it('[PRB-25] are one form where the words of many machines are the same', () => {
    const rows = ['a', 'b', 'c'].map((id) => row('Disk is full', { items: [recordId(id)] }));
    const { forms } = formsOf(rows, () => undefined);
    expect(forms).toMatchObject([{ items: [], members: rows }]);
    const same = rows.map((one) => ({ ...one, items: [...one.items, recordId('rack')] }));
    expect(formsOf(same, () => undefined).forms).toMatchObject([{ items: ['rack'] }]);
  });

  it('[PRB-25] ask the description where the title says little', () => {
    const help = 'Cannot reach the accounting share since noon';
    expect(groupsOf([row('Help!', { help }), row('Problem', { help }), row('Mail is down')])).toHaveLength(1);
    expect(groupsOf([row('Help!', { help: 'Tea' }), row('Problem', { help }), row('Mail is down')])).toEqual(
      [],
    );
  });

  it('leave out the oldest words of too many, and say so', () => {
    const letters = (index: number) =>
      [...String(index)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('');
    const rows = Array.from({ length: 5_010 }, (_, index) => row(`Order q${letters(index)} fails`));
    const { forms, unseen } = formsOf(rows, () => undefined);
    expect(forms.length + unseen).toBe(5_010);
    expect(unseen).toBe(10);
  });

  it('look again and again whether anybody waits', () => {
    const rows = Array.from({ length: 500 }, (_, index) =>
      row(`thing${'abcdefghij'.charAt(index % 10)} breaks ${index}`),
    );
    let looks = 0;
    const giveUp = () => {
      looks += 1;
      if (looks === 4) throw new Error('given up');
    };
    expect(() => groupsOf(rows, giveUp)).toThrow('given up');
  });
});
