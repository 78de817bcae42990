/** How the configuration lives in its documents: fetched by whoever looks at it, and by nobody else. */
export {
  ConfigurationReader,
  readConfiguration,
  removeRelationRow,
  seedConfigurationBoard,
  writeItemRow,
  writeRelationRow,
} from './rows.ts';
export type { RelationEnd } from './rows.ts';
export { readConfigurationRules, writeConfigurationRules } from './rules.ts';
export { appendPlainEvents, readPlainEvents } from '../plain-history.ts';
