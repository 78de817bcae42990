/** Commands over HTTP, as the outbox of a browser sends them. */
import { ulid } from 'ulid';

export interface Orders {
  /** `http://…` */
  readonly url: string;
  readonly cookies: readonly string[];
  /** Incidents; each gets one command. */
  readonly records: readonly string[];
  /** Commands in one request. */
  readonly batch: number;
  /** Requests under way at a time. */
  readonly underWay: number;
}

export interface CommandTimes {
  /** Of each request, in ms. */
  readonly requests: readonly number[];
  /** Of all of them, in ms. */
  readonly ms: number;
}

export async function sendCommands({
  url,
  cookies,
  records,
  batch,
  underWay,
}: Orders): Promise<CommandTimes> {
  const requests: number[] = [];
  const batches = Array.from({ length: Math.ceil(records.length / batch) }, (_, index) =>
    records.slice(index * batch, (index + 1) * batch),
  );
  const left = batches.entries();
  const from = performance.now();
  const sendInTurn = async (): Promise<void> => {
    for (const [index, targets] of left) {
      const began = performance.now();
      await send(url, cookies[index % cookies.length] ?? '', targets);
      requests.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: underWay }, sendInTurn));
  return { requests, ms: performance.now() - from };
}

async function send(url: string, cookie: string, targets: readonly string[]): Promise<void> {
  const commands = targets.map((target) => ({
    id: ulid(),
    type: 'incident.edit',
    target,
    args: { fields: { title: `Seen by the bench: ${target}` } },
    basis: 0,
    clientAt: Date.now(),
  }));
  const answer = await fetch(new URL('/api/commands', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(commands),
  });
  const outcomes = (await answer.json()) as readonly { readonly outcome: string }[];
  if (!answer.ok || outcomes.some(({ outcome }) => outcome !== 'applied'))
    throw new Error(`commands were answered ${answer.status} ${JSON.stringify(outcomes).slice(0, 300)}`);
}
