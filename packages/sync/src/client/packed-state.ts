import { unpackState } from '../packed/unpack.ts';

/** Bytes of a state when unpacked, and of its columns: ten times what the largest board is meant to have. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Whether this browser can take states packed: then it asks for `?ext=2`. */
export function canUnpackStates(): boolean {
  return typeof DecompressionStream === 'function';
}

/** The update of a STATE frame; null when it is damaged or larger than anything that a server would send. */
export async function readPackedState(
  deflated: Uint8Array,
  mostBytes = MOST_BYTES,
): Promise<Uint8Array | null> {
  try {
    const columns = await inflate(deflated, mostBytes);
    return columns === null ? null : unpackState(columns, mostBytes);
  } catch {
    // damaged on its way, or made by something else than our server: the caller asks for the plain step 2
    return null;
  }
}

async function inflate(deflated: Uint8Array, mostBytes: number): Promise<Uint8Array | null> {
  const stream = new Blob([deflated as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  const columns = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    columns.set(chunk, at);
    at += chunk.length;
  }
  return columns;
}
