import type { ActParts } from '../acts.ts';
import type { ConfigurationBook } from './configuration-book.ts';

/** What the commands of the configuration work with. */
export interface ConfigurationParts extends ActParts {
  readonly configuration: ConfigurationBook;
}
