/** What disks and careless copies do to the files of a store, each from a seed. */
import { closeSync, existsSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import type { Random } from './random.ts';

const PAGE = 4096;

/** Damages the database in a folder in one way; says which. */
export function wreck(file: string, random: Random): string {
  const log = `${file}-wal`;
  const ways: readonly (readonly [number, () => string])[] = [
    [3, () => cutOff(file, random)],
    [6, () => flipBytes(file, random)],
    [3, () => zeroPage(file, random)],
    [2, () => swapPages(file, random)],
  ];
  const ofLog: readonly (readonly [number, () => string])[] = [
    [4, () => cutOff(log, random)],
    [4, () => flipBytes(log, random)],
  ];
  return random.weighted(existsSync(log) ? [...ways, ...ofLog] : ways)();
}

function cutOff(file: string, random: Random): string {
  const size = random.below(statSync(file).size);
  within(file, (handle) => ftruncateSync(handle, size));
  return `${nameOf(file)} cut off after ${size} bytes`;
}

function flipBytes(file: string, random: Random): string {
  const places = Array.from({ length: 1 + random.below(8) }, () => random.below(statSync(file).size));
  within(file, (handle) => {
    for (const place of places) writeSync(handle, Uint8Array.of(random.below(256)), 0, 1, place);
  });
  return `${nameOf(file)} flipped at ${places.join(', ')}`;
}

function zeroPage(file: string, random: Random): string {
  const page = random.below(statSync(file).size / PAGE);
  within(file, (handle) => void writeSync(handle, new Uint8Array(PAGE), 0, PAGE, page * PAGE));
  return `${nameOf(file)} without page ${page}`;
}

/** A write that went to the wrong place: one page is there twice, another is gone. */
function swapPages(file: string, random: Random): string {
  const pages = statSync(file).size / PAGE;
  const [from, to] = [random.below(pages), random.below(pages)];
  const bytes = new Uint8Array(PAGE);
  within(file, (handle) => {
    readSync(handle, bytes, 0, PAGE, from * PAGE);
    writeSync(handle, bytes, 0, PAGE, to * PAGE);
  });
  return `${nameOf(file)} with page ${from} in the place of ${to}`;
}

function within(file: string, change: (handle: number) => void): void {
  const handle = openSync(file, 'r+');
  try {
    change(handle);
  } finally {
    closeSync(handle);
  }
}

function nameOf(file: string): string {
  return file.endsWith('-wal') ? 'the log' : 'the file';
}
