/** Where monitoring systems send alerts: each proves itself with the key of its integration. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { AlertIntake } from '../alerts/intake.ts';
import { KEY_LENGTH, findByKey } from '../alerts/integrations.ts';
import { jsonOf, readPayload } from '../alerts/read-payload.ts';
import type { Measures } from '../operation/measures.ts';
import type { Store } from '../store/store.ts';
import { describe, paramsOf } from './describe.ts';
import { Pace } from './pace.ts';
import { ProblemError } from './problem.ts';

const PER_MINUTE = 3_000;

const taken = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    dedup_key: z.string().meta({ description: 'What the incident is known by' }),
  })
  .meta({ id: 'AlertsTaken' });

export function alertRoutes(store: Store, intake: AlertIntake, measures: Measures): Hono {
  const app = new Hono();
  const pace = new Pace(PER_MINUTE, 'payloads');
  const params = paramsOf(z.object({ integration: z.string().max(64) }));

  const take = async (c: Context, integration: string): Promise<Response> => {
    const text = await c.req.text();
    const secrets = [...headerSecrets(c.req.header('authorization')), ...routingKey(jsonOf(text))];
    const known = await findByKey(store.reader, integration, secrets);
    if (known === null) throw new ProblemError('wrong-alert-key');
    await pace.keep(known.id);
    const now = Date.now();
    const read = readPayload(known.kind, text);
    const kept = withoutSecrets(text, secrets);
    if (!read.ok) {
      await intake.keepMalformed(known.id, read.reason, kept, now);
      measures.alerts('malformed');
      throw new ProblemError('malformed-alerts', read.reason, { faults: read.faults });
    }
    await intake.keep(known.id, read.report, kept, now);
    measures.alerts('received');
    const { groupKey } = read.report;
    return c.json({ status: 'success', message: 'Event processed', dedup_key: groupKey }, 202);
  };

  for (const [path, summary] of [
    [
      '/api/alerts/:integration',
      'Take alerts in: Alertmanager webhook 4, Grafana alerting, PagerDuty Events v2',
    ],
    ['/api/alerts/:integration/v2/enqueue', 'The same, at the path that senders of PagerDuty events add'],
  ] as const) {
    app.post(
      path,
      describe({
        tag: 'alerts',
        summary,
        description:
          'The key of the integration goes as a bearer token, as the password of basic authentication or as `routing_key`. 202 means: it is on disk.',
        answers: taken,
        status: 202,
        access: 'anyone',
        takes: {
          media: 'application/json',
          description: 'A payload as its sender makes it; unknown fields pass',
        },
        problems: ['wrong-alert-key', 'malformed-alerts', 'too-large', 'too-many-requests'],
      }),
      params,
      (c) => take(c, c.req.valid('param').integration),
    );
  }
  return app;
}

function headerSecrets(authorization: string | undefined): readonly string[] {
  const [scheme, given = ''] = authorization?.trim().split(/ +/, 2) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return [given];
  if (scheme?.toLowerCase() !== 'basic') return [];
  const pair = Buffer.from(given, 'base64').toString('utf8');
  return [pair.slice(pair.indexOf(':') + 1)];
}

function routingKey(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('routing_key' in body)) return [];
  return typeof body.routing_key === 'string' ? [body.routing_key] : [];
}

/** A payload may carry the key that proved it; what is kept to be looked at does not. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= KEY_LENGTH)
    .reduce((left, secret) => left.replaceAll(secret, '…'), text);
}
