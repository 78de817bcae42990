import { HOLD_REASONS } from '@muster/domain/shared';
import * as z from 'zod';

/**
 * How words of the source become ours: a table that people can change, kept as the setting `import.servicenow`.
 * A state that is not in the table sets its row aside; a group that is not in it becomes a team of its own name.
 */
export const ServiceNowMapping = z.object({
  states: z.record(
    z.string(),
    z.object({
      state: z.enum(['new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled']),
      holdReason: z.enum(HOLD_REASONS).nullable(),
    }),
  ),
  /** Group of the source to the name of a team of ours. */
  groups: z.record(z.string(), z.string().min(1)),
  /** IANA zone in which the file's times are written; the file itself names none. */
  zone: z.string().refine(isZone, 'must be an IANA time zone such as Europe/Berlin'),
});

export type ServiceNowMapping = z.infer<typeof ServiceNowMapping>;

/** What the table gives for a word; words of a file may be called like anything that objects have. */
export function mapped<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const at = (state: ServiceNowMapping['states'][string]['state']) => ({ state, holdReason: null });
const held = (holdReason: (typeof HOLD_REASONS)[number]) => ({ state: 'on_hold' as const, holdReason });

export const DEFAULT_SERVICENOW_MAPPING: ServiceNowMapping = {
  states: {
    New: at('new'),
    Active: at('in_progress'),
    'Awaiting User Info': held('caller'),
    'Awaiting Evidence': held('caller'),
    'Awaiting Problem': held('problem'),
    'Awaiting Vendor': held('vendor'),
    'Awaiting Change': held('change'),
    Resolved: at('resolved'),
    Closed: at('closed'),
    Canceled: at('cancelled'),
  },
  groups: {},
  zone: 'UTC',
};
