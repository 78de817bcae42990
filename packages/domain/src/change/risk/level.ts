/** How bad it may get, the least first. One scale for all engines. The set is stored by name. */
export const RISK_LEVELS = ['low', 'medium', 'high', 'very_high', 'critical'] as const;

export type RiskLevel = (typeof RISK_LEVELS)[number];

export function rankOf(level: RiskLevel): number {
  return RISK_LEVELS.indexOf(level);
}

export function isAtLeast(level: RiskLevel | null, least: RiskLevel): boolean {
  return level !== null && rankOf(level) >= rankOf(least);
}
