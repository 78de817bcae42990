/** What a whole run leaves: `RESULTS.md` for people and `results/sync.json` for machines. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Machine } from './machine.ts';
import type { Outcome } from './measure.ts';
import { markdownTable, rangeOf, tableOf, valuesOf } from './table.ts';
import { judge, tellVerdict } from './targets.ts';
import type { Verdict } from './targets.ts';

const BENCH = new URL('../../', import.meta.url);

export interface Run {
  readonly machine: Machine;
  readonly outcomes: readonly Outcome[];
  readonly minutes: number;
}

export async function writeResults(run: Run): Promise<void> {
  await mkdir(new URL('results/', BENCH), { recursive: true });
  const page = new URL('RESULTS.md', BENCH);
  await writeFile(page, `${resultsAsMarkdown(run)}${await faultsOf(page)}`);
  await writeFile(new URL('results/sync.json', BENCH), `${JSON.stringify(resultsAsData(run), null, 2)}\n`);
}

/** The section of the long fault suite, which stands last and is another command's. */
async function faultsOf(page: URL): Promise<string> {
  const text = await readFile(page, 'utf8').catch(() => '');
  const from = text.indexOf('## The long fault suite\n');
  return from < 0 ? '' : `\n${text.slice(from)}`;
}

export function resultsAsMarkdown({ machine, outcomes, minutes }: Run): string {
  const verdicts = judge(outcomes);
  const missed = verdicts.filter(({ reached }) => !reached).length;
  return `${[
    '# Sync against its peers: results',
    `Written by \`pnpm bench sync\` on ${machine.at.slice(0, 10)}${machine.commit === null ? '' : ` at \`${machine.commit}\``}, in ${minutes.toFixed(0)} minutes. What the words mean is in \`README.md\` beside this page; every value is in \`results/sync.json\`.`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; load of ${machine.loadBefore.toFixed(1)} before the run. ${versionsOf(machine)}.`,
    'Values are medians, with minimum and maximum of the repeats; within a scenario all servers ran in turn, again and again. Servers and generators shared the cores, so that ratios in one table say more than values.',
    '## What it is to reach',
    verdicts.length === 0 ? 'Nothing of it was measured.' : verdictTable(verdicts),
    `${verdicts.length - missed} of ${verdicts.length} reached.`,
    ...outcomes.flatMap((outcome) => [
      `## ${outcome.scenario.title}`,
      outcome.scenario.how,
      tableOf(outcome),
    ]),
    HOW_PEERS_RUN,
  ].join('\n\n')}\n`;
}

const HOW_PEERS_RUN = `## How the servers run

- **muster**: the whole server with its store on disk, SQLite in WAL mode with \`synchronous=FULL\`, on the stock \`/sync/<document>\` endpoint with acknowledgements; people signed in, rooms of records. Limits on rates are lifted, since a generator is many people. **muster-channels** is the same server spoken to as our own client does: one socket, twenty documents.
- **hocuspocus**: \`@hocuspocus/server\` with \`@hocuspocus/extension-sqlite\`, both with their defaults but for the idle timeout. The extension's driver, \`better-sqlite3\`, is the prebuilt version that the product uses. It merges a turn's updates by itself. It stores a document two seconds after the last change and at the latest ten seconds after the first: what was written since is what a kill takes, however long it has run.
- **y-protocols**: documents in memory behind the protocol's own reader, every update to every socket as it comes, nothing stored.
- **relay**: forwards each frame to the others of the room; **batching-relay**: one buffer a room and turn, one write a socket.
- An update is one typed character, 25 to 30 bytes. Deliveries are counted by the clocks in what arrives, so that a merged frame counts as all that it carries, and nobody's own echo counts.`;

function verdictTable(verdicts: readonly Verdict[]): string {
  return markdownTable(
    ['what', 'measured', 'target', ''],
    verdicts.map((verdict) => [
      verdict.what,
      `${told(verdict.value)}${verdict.unit}`,
      `${told(verdict.target)}${verdict.unit}`,
      tellVerdict(verdict),
    ]),
  );
}

function told(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
}

function versionsOf({ versions }: Machine): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function resultsAsData({ machine, outcomes, minutes }: Run): object {
  return {
    machine,
    minutes,
    verdicts: judge(outcomes),
    scenarios: outcomes.map((outcome) => ({
      name: outcome.scenario.name,
      title: outcome.scenario.title,
      servers: Object.fromEntries(
        [...outcome.runs].map(([server, runs]) => [
          server,
          Object.fromEntries(
            outcome.scenario.columns
              .map(({ name, unit }) => ({ name, unit, values: valuesOf(outcome, server, name) }))
              .filter(({ values }) => values.length > 0)
              .map(({ name, unit, values }) => [name, { unit, ...rangeOf(values), runs: runs.length }]),
          ),
        ]),
      ),
    })),
  };
}
