/** Who may do what with the configuration. None of it is restricted to a few. */
import { SYSTEM } from '../shared/index.ts';
import type { Actor, Permission } from '../shared/index.ts';

type ConfigurationPermission = Extract<Permission, `configuration.${string}`>;

export function mayWith(actor: Actor, permission: ConfigurationPermission): boolean {
  return actor.id === SYSTEM || actor.permissions.has(permission);
}

/** Whether an actor may read the configuration at all. */
export function canReadConfiguration(actor: Actor): boolean {
  return mayWith(actor, 'configuration.read');
}
