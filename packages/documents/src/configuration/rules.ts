/** Classes and types of relations in `rules/configuration`, as they were set whole. */
import { DEFAULT_CONFIGURATION_RULES } from '@muster/domain/configuration';
import type { ConfigurationRules } from '@muster/domain/configuration';
import type * as Y from 'yjs';
import { flat, unlike } from '../codec.ts';
import { setEntry } from '../entries.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';

/** As it was looked at when it was set. */
export const configurationRulesEntry = versioned(1, flat({ value: unlike<ConfigurationRules>() }));

const KEY = 'configuration';

export function writeConfigurationRules(doc: Y.Doc, value: ConfigurationRules): void {
  setEntry(doc.getMap('rules'), KEY, configurationRulesEntry.encode({ value }));
}

/** Those that a desk begins with, as long as none have arrived or what has does not conform. */
export function readConfigurationRules(doc: Y.Doc): ConfigurationRules {
  const stored = doc.getMap('rules').get(KEY);
  if (stored === undefined) return DEFAULT_CONFIGURATION_RULES;
  const entry = configurationRulesEntry.decode(`rules.${KEY}`, stored);
  return isNonconforming(entry) ? DEFAULT_CONFIGURATION_RULES : entry.value;
}
