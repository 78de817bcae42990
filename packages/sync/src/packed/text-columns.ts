/**
 * A column of strings: which string by its place in a list, and each new string of that list once, taken apart.
 * Ids (ULIDs) become their time and two halves of what follows; other strings become a template, itself kept once,
 * and the numbers that stood in it.
 */
import { NotPacked } from './columns.ts';
import type { ByteColumn, ColumnSource, NumberColumn } from './columns.ts';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Letters of a ULID: ten of time, then two halves that are exact as numbers. */
const ULID_PARTS = [10, 8, 8] as const;

const TEMPLATE = 0;
const ID = 1;

/** Stands in a template for a number; zeros in front of one are letters. Strings that have this letter do not pack. */
const NUMBER = '\u0001';
const NUMBER_CODE = 1;
const DIGITS = /[1-9]\d{0,14}/g;
/** Numbers of one string that have columns of their own; those after share the last. */
const SLOTS = 8;

const utf8 = new TextEncoder();

export class TextColumns {
  readonly #source: ColumnSource;
  readonly #places: NumberColumn;
  readonly #shapes: NumberColumn;
  readonly #templates: NumberColumn;
  readonly #lengths: NumberColumn;
  readonly #letters: ByteColumn;
  #id: readonly NumberColumn[] | null = null;
  readonly #slots: NumberColumn[] = [];
  readonly #known = new Map<string, number>();
  readonly #knownTemplates = new Map<string, number>();
  readonly #strings: Uint8Array[] = [];
  readonly #stored: Uint8Array[] = [];

  constructor(source: ColumnSource) {
    this.#source = source;
    this.#places = source.numbers();
    this.#shapes = source.numbers();
    this.#templates = source.numbers();
    this.#lengths = source.numbers();
    this.#letters = source.bytes();
  }

  put(text: string): void {
    const place = this.#known.get(text);
    this.#places.move(place ?? this.#known.size);
    if (place !== undefined) return;
    this.#known.set(text, this.#known.size);
    if (ULID.test(text)) this.#putId(text);
    else this.#putTemplate(text);
  }

  /** The next string in UTF-8. */
  take(): Uint8Array {
    const place = this.#places.move(0);
    if (place === this.#strings.length) {
      this.#strings.push(this.#shapes.move(0) === ID ? this.#takeId() : this.#takeTemplate());
    }
    const text = this.#strings[place];
    if (text === undefined) throw new NotPacked('a string is not there');
    return text;
  }

  #putId(text: string): void {
    this.#shapes.move(ID);
    let at = 0;
    for (const [part, length] of ULID_PARTS.entries()) {
      let value = 0;
      for (const end = at + length; at < end; at += 1)
        value = value * 32 + CROCKFORD.indexOf(text.charAt(at));
      this.#idPart(part).move(value);
    }
  }

  #takeId(): Uint8Array {
    const text = new Uint8Array(26);
    let end = 0;
    for (const [part, length] of ULID_PARTS.entries()) {
      let value = this.#idPart(part).move(0);
      end += length;
      for (let at = end - 1; at >= end - length; at -= 1) {
        text[at] = CROCKFORD.charCodeAt(value % 32);
        value = Math.floor(value / 32);
      }
    }
    return text;
  }

  #putTemplate(text: string): void {
    if (text.includes(NUMBER)) throw new NotPacked('a string has a letter that stands for numbers');
    this.#shapes.move(TEMPLATE);
    const template = text.replace(DIGITS, NUMBER);
    const place = this.#knownTemplates.get(template);
    this.#templates.move(place ?? this.#knownTemplates.size);
    if (place === undefined) {
      this.#knownTemplates.set(template, this.#knownTemplates.size);
      const letters = utf8.encode(template);
      this.#lengths.move(letters.length);
      this.#letters.put(letters);
    }
    let slot = 0;
    for (const [digits] of text.matchAll(DIGITS)) this.#slot(slot++).move(Number(digits));
  }

  #takeTemplate(): Uint8Array {
    const place = this.#templates.move(0);
    if (place === this.#stored.length) this.#stored.push(this.#letters.take(this.#lengths.move(0)));
    const template = this.#stored[place];
    if (template === undefined) throw new NotPacked('a template is not there');
    if (!template.includes(NUMBER_CODE)) return template;
    const text: number[] = [];
    let slot = 0;
    for (const letter of template) {
      if (letter === NUMBER_CODE)
        for (const digit of String(this.#slot(slot++).move(0))) text.push(digit.charCodeAt(0));
      else text.push(letter);
    }
    return Uint8Array.from(text);
  }

  #idPart(part: number): NumberColumn {
    this.#id ??= ULID_PARTS.map(() => this.#source.numbers());
    return this.#id[part] as NumberColumn;
  }

  #slot(slot: number): NumberColumn {
    const at = Math.min(slot, SLOTS - 1);
    return (this.#slots[at] ??= this.#source.numbers());
  }
}
