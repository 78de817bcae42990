/** Files as a person chooses them, made into the one body that is sent. */
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import type { Source } from './import-api.ts';

const MIB = 1024 * 1024;

/** Unpacked, as the server bounds them. */
export const MAX_BYTES: Readonly<Record<Source, number>> = {
  ...{ csv: 32 * MIB, netbox: 32 * MIB, compose: 4 * MIB, backstage: 4 * MIB },
};

/** Begins each text of a sequence of JSON texts (RFC 7464). */
const RECORD_SEPARATOR = '\u001E';
/** As much of a table as its head and first rows take. */
const TOP_BYTES = 256 * 1024;

/** One file goes as it is; several of NetBox go as a sequence. */
export async function bodyOf(files: readonly File[]): Promise<Blob> {
  const [first, ...others] = files;
  if (first === undefined) throw new Error('no file is chosen');
  if (others.length === 0) return first;
  const parts = await Promise.all(files.map(async (file) => [RECORD_SEPARATOR, await plain(file), '\n']));
  return new Blob(parts.flat());
}

/** The beginning of a file as text, unpacked. */
export async function topOf(file: File): Promise<string> {
  const isPacked = await startsPacked(file);
  const stream = isPacked
    ? file.stream().pipeThrough(new DecompressionStream('gzip'))
    : file.slice(0, TOP_BYTES).stream();
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  try {
    while (bytes < TOP_BYTES) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.length;
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw new BoundaryError('rejected', 'The gzip file is damaged or cut off.', { cause: error });
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  // the last line may be cut in its middle
  return text.slice(0, text.lastIndexOf('\n') + 1) || text;
}

async function plain(file: File): Promise<Blob> {
  if (!(await startsPacked(file))) return file;
  try {
    return await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
  } catch (error) {
    throw new BoundaryError('rejected', `${file.name} is damaged or cut off.`, { cause: error });
  }
}

async function startsPacked(file: File): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Where a file comes from, as its name says or else its beginning; null where neither does. */
export async function sourceOf(file: File): Promise<Source | null> {
  const name = file.name.toLowerCase().replace(/\.gz$/, '');
  if (/\.[ct]sv$/.test(name)) return 'csv';
  if (name.endsWith('.json')) return 'netbox';
  if (!/\.ya?ml$/.test(name)) return null;
  if (/^(docker-)?compose\b/.test(name)) return 'compose';
  if (name.startsWith('catalog-info')) return 'backstage';
  const top = await topOf(file).catch(() => '');
  if (/^apiVersion:\s*["']?backstage\.io\//m.test(top)) return 'backstage';
  return /^services:/m.test(top) ? 'compose' : null;
}

/** `racks.csv.gz` → `racks`: what it is called until somebody says otherwise. */
export function stemOf(fileName: string): string {
  return fileName.replace(/\.gz$/i, '').replace(/\.[^.]+$/, '') || fileName;
}
