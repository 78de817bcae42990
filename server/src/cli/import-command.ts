import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { ImportProgress } from '../import/runner.ts';
import { endLine } from '../import/runner.ts';
import type { Transport } from './transport.ts';

export interface ImportArguments {
  readonly file: string;
  readonly dryRun: boolean;
  /** Epoch ms. */
  readonly until?: number;
}

/** Sends the file to the store's owner and prints how it goes; the last line is the counts. Exit code 1 on failure. */
export async function runImport(
  send: Transport,
  args: ImportArguments,
  out: NodeJS.WriteStream,
): Promise<number> {
  await access(args.file).catch((cause: unknown) => {
    throw new Error(`the file ${args.file} cannot be read`, { cause });
  });
  const query = new URLSearchParams({ dryRun: String(args.dryRun) });
  if (args.until !== undefined) query.set('until', String(args.until));
  const { ok, lines } = await send({
    path: `/import/servicenow?${query}`,
    body: createReadStream(args.file),
  });
  let last: ImportProgress | null = null;
  for await (const line of lines) {
    const answer = JSON.parse(line) as ImportProgress | { error: string };
    if (!ok || !('state' in answer)) throw new Error(answer.error ?? 'the server refused the file');
    last = answer;
    if (out.isTTY && last.state === 'running') out.write(`\r${endLine(last)}`);
  }
  if (last === null) throw new Error('the import ended without a word');
  if (out.isTTY) out.write('\r\u001b[2K');
  for (const problem of last.problems)
    out.write(
      `set aside: line ${problem.line}${problem.record === null ? '' : ` (${problem.record})`}: ${problem.reason}\n`,
    );
  if (last.state === 'failed')
    out.write(`stopped: ${last.error ?? 'unknown'}; what was imported before stays\n`);
  out.write(
    `${last.rows} rows, ${last.rowsSetAside} of them set aside${last.dryRun ? ' (dry run, nothing written)' : ''}\n`,
  );
  out.write(`${endLine(last)}\n`);
  return last.state === 'done' ? 0 : 1;
}
