/** A file of the configuration as it comes in: unpacked, within its bounds, and read as the format that it is said to be. */
import type { Imported } from '@muster/domain/configuration';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { readBackstage } from './backstage.ts';
import { readCompose } from './compose.ts';
import { readCsv } from './csv.ts';
import type { Named } from './csv.ts';
import { readNetBox } from './netbox.ts';
import { NotThatFormat } from './not-that-format.ts';

export const IMPORT_FORMATS = ['netbox', 'compose', 'backstage', 'csv'] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];

const MIB = 1024 * 1024;
/** Unpacked. Reading YAML takes many times longer than reading JSON or a table of the same size. */
export const MAX_FILE_BYTES: Readonly<Record<ImportFormat, number>> = {
  ...{ netbox: 32 * MIB, csv: 32 * MIB, compose: 4 * MIB, backstage: 4 * MIB },
};

const word = z.string().min(1).max(200);

/** How the columns of a table become items; the file's name from import to import is said beside it. */
export const csvMapping = z.strictObject({
  /** Of rows that name none; empty where each is to name its own. */
  class: word.or(z.literal('')),
  identity: z.array(word).min(1).max(20),
  columns: z.record(
    word,
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['ignored', 'name', 'state', 'criticality', 'class', 'owner', 'team']) }),
      z.strictObject({ kind: z.literal('attribute'), attribute: word }),
      z.strictObject({ kind: z.literal('relation'), type: word }),
    ]),
  ),
});

/** The file is over its bound once it is unpacked. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/**
 * @throws NotThatFormat When it is damaged or no text
 * @throws FileTooLarge
 */
export async function textOf(bytes: Uint8Array, most: number): Promise<string> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpacked(bytes, most) : bytes;
  if (plain.length > most) throw new FileTooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (cause) {
    throw new NotThatFormat('The file is no text in UTF-8.', { cause });
  }
}

async function unpacked(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: most });
  } catch (cause) {
    if (cause instanceof RangeError) throw new FileTooLarge('it is too large unpacked', { cause });
    throw new NotThatFormat('The gzip file is damaged or cut off.', { cause });
  }
}

export interface ReadAs {
  readonly format: ImportFormat;
  /** What the file is called from import to import, where it does not say so itself; its format where nobody says. */
  readonly name: string;
  /** For a table. */
  readonly mapping: z.infer<typeof csvMapping> | null;
}

/** @throws NotThatFormat When it is no such file at all */
export function readFileAs(text: string, { format, name, mapping }: ReadAs, named: Named): Imported {
  const given = name === format ? null : name;
  switch (format) {
    case 'netbox':
      return readNetBox(text, given);
    case 'compose':
      return readCompose(text, name);
    case 'backstage':
      return readBackstage(text, named.people, given);
    case 'csv':
      if (mapping === null) throw new NotThatFormat('Say how the columns of the table are meant.');
      return readCsv(text, { ...mapping, source: name }, named);
  }
}
