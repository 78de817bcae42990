import { readSetting, writeSetting } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { DEFAULT_SERVICENOW_MAPPING, ServiceNowMapping } from './mapping.ts';

const KEY = 'import.servicenow';

/** The mapping as people left it, else the default. */
export async function readMapping(store: Store): Promise<ServiceNowMapping> {
  return ServiceNowMapping.parse(await readSetting<unknown>(store.reader, KEY, DEFAULT_SERVICENOW_MAPPING));
}

export async function writeMapping(store: Store, mapping: ServiceNowMapping, now: number): Promise<void> {
  await writeSetting(store.writer, KEY, ServiceNowMapping.parse(mapping), now);
}
