import { recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { TextSearch } from './text-search.ts';
import type { Searched } from './text-search.ts';

const known = (id: string, content: Partial<Searched['content']>, text = ''): Searched => ({
  ...{ id: recordId(id), text },
  content: { title: '', symptom: '', workaround: '', cause: '', errorCode: '', words: [], ...content },
});

const SCANNERS = known('scanners', {
  title: 'Hand scanners lose the connection behind metal shelves',
  workaround: 'Walk to the end of the aisle, and scan there',
});
const REMOTE = known('remote', {
  title: 'Remote access drops on Monday mornings',
  symptom: 'The tunnel closes',
  cause: 'Half of the pool stays taken for ten minutes and a second',
  words: ['vpn', 'home office'],
});
const LOCKED = known('locked', {
  title: 'Account is locked again and again',
  symptom: 'Signing in works, though for a moment only',
  workaround: 'Remove the old password from the phone, also from the mail program',
});
const FIRST = known('first', { title: 'Your first day' }, 'Where the canteen is');
const PRINTER = known('printer', {
  title: 'Labels are printed half a label too low',
  symptom: 'The printer cuts through the text',
});

function searchOver(...all: readonly Searched[]): TextSearch {
  const search = new TextSearch();
  for (const each of all) search.set(each);
  return search;
}

const search = searchOver(SCANNERS, REMOTE, LOCKED, FIRST, PRINTER);
const found = (text: string, where = search) =>
  Object.fromEntries([...where.hits(text)].map(([id, { words }]) => [id, words]));

describe('what a text shares with known errors', () => {
  it.each([
    'It has taken ten of the second',
    'The end',
    'Is it possible, though?',
    'My first day',
    'Nothing works on Monday mornings',
  ])('[PRB-62] is not said by words that every ticket has: %s', (text) => {
    expect(found(text)).toEqual({});
  });

  it('[PRB-62] is not said by words that stand in passing', () => {
    expect(found('Disk of the reporting server is full\nThe warning came by mail')).toEqual({});
    expect(found('Customer record\nWe walk through the aisle')).toEqual({});
    // one word of a title in a title about something else
    expect(found('Connection to the build server is refused')).toEqual({});
    expect(found('Report\nThe scanners')).toEqual({});
  });

  it('[PRB-62] is said by two words of how it is called, or three of which one is', () => {
    expect(found('Scanners lost their connection\nIn the hall')).toEqual({
      scanners: ['scanners', 'connection'],
    });
    expect(found('Refused\nMy account and the phone, with the password')).toEqual({
      locked: ['account', 'phone', 'password'],
    });
    expect(found('Refused\nThe phone does not take the password')).toEqual({});
  });

  it('[PRB-62] is said by the single word that both are called by', () => {
    expect(found('VPN is slow')).toEqual({ remote: ['vpn'] });
    expect(found('printed labels')).toEqual({ printer: expect.arrayContaining(['labels']) as unknown });
    expect(found('My screen at home')).toEqual({});
    expect(found('Home office')).toEqual({ remote: ['home', 'office'] });
    expect(found('Slow lines to the sites in the north, not by vpn')).toEqual({});
  });

  it('[PRB-62] is not said by a word that many of them have, and forms of one word are one', () => {
    const mails = ['a', 'b', 'c', 'd'].map((id) => known(id, { title: `Mail ${id}${id}${id}` }));
    expect(found('Mail', searchOver(...mails))).toEqual({});
    expect(found('Mail aaa', searchOver(...mails))).toEqual({ a: ['mail', 'aaa'] });
    expect(found('Mail', searchOver(...mails.slice(0, 2)))).toEqual({ a: ['mail'], b: ['mail'] });
    expect(found('Two labels on the label printer are missing in the north\n')).toEqual({
      printer: ['labels', 'printer'],
    });
  });

  it('[PRB-62] is said by its title, however many are called so, the nearest first', () => {
    const ends = ['after update', 'hall C', 'with labels', 'on Mondays'];
    const printers = searchOver(
      ...ends.map((end) => known(end, { title: `Printer offline ${end}` })),
      known('exact', { title: 'Printer offline' }),
      known('other', { title: 'Printer loses sheets' }),
    );
    const nearest = (text: string) =>
      [...printers.hits(text)].toSorted(([, a], [, b]) => b.score - a.score).map(([id]) => id);
    expect(nearest('Printer offline')).toHaveLength(5);
    expect(nearest('Printer offline')[0]).toBe('exact');
    expect(nearest('The printers in hall C are offline')[0]).toBe('hall C');
    expect(nearest('It stands still\nOur printer is offline')).toContain('exact');
    expect(nearest('Printer is loud')).toEqual([]);
    expect(printers.hits('Printer offline').get(recordId('hall C'))?.score).toBeGreaterThan(0.35);
  });

  it('[PRB-62] is said by a title of one word that is rare, and by one with small words around', () => {
    const chat = searchOver(known('chat', { title: 'Jabber' }), known('badge', { title: 'Badge not open' }));
    expect(found('Nobody in the north hears what colleagues say over Jabber', chat)).toEqual({
      chat: ['jabber'],
    });
    expect(found('The badge does not open the second gate of the yard', chat)).toEqual({ badge: ['badge'] });
  });

  it.each(["'", '’', 'ʼ'])('[PRB-62] is not said by a contraction with %s', (mark) => {
    const badge = searchOver(
      known('badge', { title: `Badge doesn${mark}t open gate`, symptom: `The reader isn${mark}t lit` }),
    );
    expect(found(`My mouse doesn${mark}t move and it isn${mark}t charging`, badge)).toEqual({});
    expect(found(`The reader${mark}s gate wasn${mark}t open`, badge)).toEqual({ badge: ['reader', 'gate'] });
  });

  it('[PRB-62] is not said by the smallest words of other languages', () => {
    const others = searchOver(
      known('german', { title: 'Drucker wird nicht mehr gefunden' }),
      known('french', { title: 'L’imprimante n’est pas trouvée dans le réseau' }),
      known('spanish', { title: 'No se puede abrir la puerta con la tarjeta' }),
    );
    expect(found('Mail wird nicht mehr gesendet', others)).toEqual({});
    expect(found('Le courrier n’est pas envoyé depuis hier dans la salle', others)).toEqual({});
    expect(found('No puede enviar con la cuenta', others)).toEqual({});
    expect(found('Imprimante pas trouvee', others)).toEqual({ french: ['imprimante', 'trouvee'] });
  });

  it('[PRB-62] is said by the names that its author chose, whatever the words are', () => {
    const named = searchOver(
      known('terminal', { title: 'Terminal is dark', words: ['time clock', 'IT'] }),
      known('vanish', { title: 'Leave requests vanish' }),
      known('lost', { title: 'Hours are wrong', words: ['leave'] }),
      known('first', { title: 'Your first day' }),
    );
    expect(found('Time clock', named)).toEqual({ terminal: ['time', 'clock'] });
    expect(found('We wait\nBoth time clocks at the gate are dead', named)).toEqual({
      terminal: ['time', 'clock'],
    });
    expect(found('Leave', named)).toEqual({ vanish: ['leave'], lost: ['leave'] });
    expect(found('Your first day', named)).toEqual({ first: ['your', 'first', 'day'] });
    expect(found('It is time for another clock', named)).toEqual({});
    expect(found('Who may leave at noon?', named)).toEqual({});
    expect(found('It is so', named)).toEqual({});
    named.set(known('terminal', { title: 'Terminal is dark' }));
    named.delete(recordId('lost'));
    expect(found('Time clock', named)).toEqual({});
    expect(found('Leave', named)).toEqual({ vanish: ['leave'] });
  });

  it('is found by words that say nothing where nothing else is asked for', () => {
    expect(search.find('first day')).toEqual(['first']);
    expect(search.find('the scanners')).toEqual(['scanners']);
  });
});
