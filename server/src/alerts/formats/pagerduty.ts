/** Events of PagerDuty's Events API v2, which many tools speak and nothing else. */
import type { AlertReport } from '@muster/domain/incident';
import { ulid } from 'ulid';
import { z } from 'zod';
import { labels, linkOf, words } from './labels.ts';

const STATUS = { trigger: 'firing', acknowledge: 'acknowledged', resolve: 'resolved' } as const;
/** Fields of `payload` that say what an alert is about. */
const FIELDS = ['source', 'severity', 'component', 'group', 'class'] as const;

const key = words(255).refine((text) => text !== '', 'must not be empty');

const details = z.looseObject({
  summary: words(1_024).refine((text) => text !== '', 'must not be empty'),
  source: words(1_024).nullish(),
  severity: z.enum(['critical', 'error', 'warning', 'info']).nullish(),
  component: words(1_024).nullish(),
  group: words(1_024).nullish(),
  class: words(1_024).nullish(),
  custom_details: z.unknown().optional(),
});

const links = z.array(z.looseObject({ href: z.string().nullish() })).nullish();

const event = z.discriminatedUnion('event_action', [
  z.looseObject({
    event_action: z.literal('trigger'),
    dedup_key: key.nullish(),
    payload: details,
    client_url: z.string().nullish(),
    links,
  }),
  z.looseObject({ event_action: z.enum(['acknowledge', 'resolve']), dedup_key: key }),
]);

/** A trigger without `dedup_key` is an incident of its own; the sender is told the key that it was given. */
export function parsePagerDuty(body: unknown): z.ZodSafeParseResult<AlertReport> {
  return event
    .transform((given): AlertReport => {
      const groupKey = given.dedup_key ?? ulid();
      const about = given.event_action === 'trigger' ? given : null;
      const facts = about === null ? {} : factsOf(about.payload);
      return {
        groupKey,
        title: about?.payload.summary ?? null,
        status: given.event_action === 'resolve' ? 'resolved' : 'firing',
        truncated: 0,
        labels: facts,
        alerts: [
          {
            fingerprint: groupKey,
            startsAt: null,
            status: STATUS[given.event_action],
            labels: facts,
            annotations: about === null ? {} : { summary: about.payload.summary },
            url: linkOf(about?.client_url) ?? linkOf(about?.links?.[0]?.href),
          },
        ],
      };
    })
    .safeParse(body);
}

function factsOf(payload: z.infer<typeof details>): Readonly<Record<string, string>> {
  const named = FIELDS.flatMap((field) => {
    const value = payload[field];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  const more = labels.safeParse(payload.custom_details).data ?? {};
  return { ...more, ...Object.fromEntries(named) };
}
