/** What is said about rows, where several say it. */
import type { Governance } from '../relation/govern.ts';

export function className({ classes }: Pick<Governance, 'classes'>, id: string): string {
  return classes.get(id)?.name ?? id;
}
