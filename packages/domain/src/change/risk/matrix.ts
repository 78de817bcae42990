/** Likelihood times impact (A4 row 5). */
import type { RiskLevel } from './level.ts';

/** 1 (least) to 5. */
export type Grade = 1 | 2 | 3 | 4 | 5;

export interface RiskMatrix {
  /** The first whose bound the product does not pass counts; beyond all of them it is critical. */
  readonly bounds: readonly { readonly upTo: number; readonly level: RiskLevel }[];
}

export const DEFAULT_RISK_MATRIX: RiskMatrix = {
  bounds: [
    { upTo: 4, level: 'low' },
    { upTo: 9, level: 'medium' },
    { upTo: 15, level: 'high' },
    { upTo: 20, level: 'very_high' },
  ],
};

export function matrixLevel({ bounds }: RiskMatrix, likelihood: Grade, impact: Grade): RiskLevel {
  const product = likelihood * impact;
  return bounds.find(({ upTo }) => product <= upTo)?.level ?? 'critical';
}

export function isGrade(value: unknown): value is Grade {
  return value === 1 || value === 2 || value === 3 || value === 4 || value === 5;
}
