import { describe, expect, it } from 'vitest';
import { recordId, serviceId } from '../../shared/index.ts';
import type { ItemId } from '../../shared/index.ts';
import { symptomKey, symptomOf, symptomWords, wordsOfSymptom } from './symptom.ts';

const plain = { item: null, service: serviceId('mail'), category: 'Mail', title: 'Mail is down' };
const keyOf = (fields: Partial<Omit<typeof plain, 'item'> & { readonly item: ItemId }>) => {
  const { title, ...rest } = { ...plain, ...fields };
  return symptomKey({ ...rest, symptom: symptomOf(title) });
};

describe('the symptom of an incident', () => {
  it('[PRB-24] is the words of its title without small ones, case, accents and long numbers', () => {
    expect(symptomWords('RE: The Café-Printer is not printing, please help!')).toEqual([
      'cafe',
      'printer',
      'printing',
    ]);
    expect(symptomWords('Order 4711223 fails with error 403 and error 0403')).toEqual([
      'order',
      'fails',
      'error',
      'error 403',
    ]);
    expect(symptomWords('42 is the answer')).toEqual(['answer']);
    expect(symptomWords('Laptop of PC48213')).toEqual(['laptop']);
    expect(symptomWords('')).toEqual([]);
  });

  it('[PRB-24] is kept as one text and read again as its words', () => {
    expect(symptomOf('Printer: error 403')).toBe('error · error 403 · printer');
    expect(wordsOfSymptom(symptomOf('Printer: error 403'))).toEqual(['error', 'error 403', 'printer']);
    expect(wordsOfSymptom(symptomOf('Please help!'))).toEqual([]);
  });

  it('[PRB-24] is the same in another order of words, and of the same item or service and category', () => {
    expect(keyOf({ title: 'DOWN: the mail' })).toBe(keyOf({}));
    expect(keyOf({ title: 'Mail is slow' })).not.toBe(keyOf({}));
    expect(keyOf({ category: 'Web' })).not.toBe(keyOf({}));
    expect(keyOf({ service: serviceId('web') })).not.toBe(keyOf({}));
    // an item says more than the service that it belongs to
    const item = recordId('relay');
    expect(keyOf({ item, service: serviceId('web') })).toBe(keyOf({ item }));
    expect(keyOf({ item })).not.toBe(keyOf({}));
  });
});
