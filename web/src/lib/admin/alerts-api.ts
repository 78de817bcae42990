import type { AlertMapping, AlertNumbers, LabelRead as Reading } from '@muster/domain/incident';
import type { Level, Priority, ServiceId, TeamId } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';

export type IntegrationKind = 'alertmanager' | 'grafana' | 'pagerduty';

export interface Integration {
  readonly id: string;
  readonly name: string;
  readonly kind: IntegrationKind;
  readonly team: TeamId | null;
  readonly service: ServiceId | null;
  readonly mapping: AlertMapping;
  readonly numbers: AlertNumbers;
  readonly keyPrefix: string;
  readonly revoked: boolean;
  readonly lastReceivedAt: number | null;
  readonly counts: {
    readonly received: number;
    readonly malformed: number;
    readonly episodes: number;
    readonly folded: number;
  };
}

export type NewIntegration = Pick<Integration, 'name' | 'kind' | 'team' | 'service'>;

export type IntegrationChange = Pick<Integration, 'name' | 'team' | 'service' | 'mapping' | 'numbers'>;

export interface ReceivedPayload {
  readonly at: number;
  readonly body: string;
}

/** A label that a mapping reads, and what the alerts of a payload say there. */
export interface LabelRead extends Reading {
  readonly label: string;
}

/** What a payload would do; `incident` is null when nothing fires, or `refusal` says why not. */
export interface Trial {
  readonly group: string;
  readonly firing: number;
  readonly incident: {
    readonly title: string;
    readonly impact: Level;
    readonly urgency: Level;
    readonly priority: Priority;
    readonly service: ServiceId | null;
    readonly team: TeamId | null;
  } | null;
  readonly description: string;
  readonly refusal: string | null;
  readonly service: LabelRead;
  readonly severity: LabelRead;
  readonly storms: readonly string[];
}

export interface MalformedPayload {
  readonly at: number;
  readonly reason: string;
  readonly body: string;
}

/** The routes of the page about alerts. Each throws `BoundaryError`. */
export function alertsApi({ request }: Pick<Api, 'request'>) {
  const at = (id: string, rest = '') => `/api/integrations/${id}${rest}`;
  return {
    list: async () =>
      ((await request('/api/integrations')) as { readonly integrations: readonly Integration[] })
        .integrations,
    make: async (body: NewIntegration) =>
      (await request('/api/integrations', { method: 'POST', body })) as {
        readonly integration: Integration;
        readonly key: string;
      },
    rotate: async (id: string) =>
      (await request(at(id, '/key'), { method: 'POST' })) as { readonly key: string },
    revoke: (id: string) => request(at(id, '/key'), { method: 'DELETE' }),
    change: (id: string, body: IntegrationChange) => request(at(id), { method: 'PATCH', body }),
    received: async (id: string) =>
      ((await request(at(id, '/received'))) as { readonly payloads: readonly ReceivedPayload[] }).payloads,
    /** Works out what a payload would do by a mapping that is not kept yet; nothing is written. */
    tryOut: async (id: string, payload: string, { team, service, mapping, numbers }: IntegrationChange) =>
      (await request(at(id, '/trial'), {
        method: 'POST',
        body: { payload, team, service, mapping, numbers },
      })) as Trial,
    malformed: async (id: string) =>
      ((await request(at(id, '/malformed'))) as { readonly payloads: readonly MalformedPayload[] }).payloads,
  };
}

export type AlertsApi = ReturnType<typeof alertsApi>;

export const KIND_LABELS: Readonly<Record<IntegrationKind, string>> = {
  alertmanager: 'Prometheus Alertmanager',
  grafana: 'Grafana alerting',
  pagerduty: 'PagerDuty events (v2)',
};

/** What to put into the sender's configuration. */
export function snippetFor(
  { id, kind }: Pick<Integration, 'id' | 'kind'>,
  key: string,
  origin: string,
): string {
  const url = `${origin}/api/alerts/${id}`;
  switch (kind) {
    case 'alertmanager':
      return [
        'receivers:',
        '  - name: muster',
        '    webhook_configs:',
        `      - url: ${url}`,
        '        send_resolved: true',
        '        http_config:',
        '          authorization:',
        `            credentials: ${key}`,
      ].join('\n');
    case 'grafana':
      return [
        'apiVersion: 1',
        'contactPoints:',
        '  - name: muster',
        '    receivers:',
        `      - uid: muster-${id.slice(-8).toLowerCase()}`,
        '        type: webhook',
        '        settings:',
        `          url: ${url}`,
        '          authorization_scheme: Bearer',
        `          authorization_credentials: ${key}`,
      ].join('\n');
    case 'pagerduty':
      return [
        `curl ${url}/v2/enqueue -H 'content-type: application/json' -d '{`,
        `  "routing_key": "${key}",`,
        '  "event_action": "trigger",',
        '  "dedup_key": "db1-disk",',
        '  "payload": { "summary": "Disk full", "source": "db1", "severity": "error" }',
        `}'`,
      ].join('\n');
  }
}
