import type { AlertReport } from '@muster/domain/incident';
import type { z } from 'zod';
import type { IntegrationKind } from '../integrations.ts';
import { parseAlertmanager } from './alertmanager.ts';
import { parsePagerDuty } from './pagerduty.ts';

/** Reads a payload of a kind of sender into what the rules look at; says where it is malformed. */
export function parseReport(kind: IntegrationKind, body: unknown): z.ZodSafeParseResult<AlertReport> {
  return kind === 'pagerduty' ? parsePagerDuty(body) : parseAlertmanager(body, kind);
}
