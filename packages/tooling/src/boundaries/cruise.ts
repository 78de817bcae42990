/** Checking imports against the boundary rules with dependency-cruiser. */
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { boundaryRules } from './rules.mjs';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface BoundaryReport {
  readonly modules: number;
  readonly violations: readonly Violation[];
}

/** Reads every source file in `folders` below `baseDir` and reports each import that a rule forbids. */
export async function checkBoundaries(baseDir: string, folders: readonly string[]): Promise<BoundaryReport> {
  const result = await cruise([...folders], {
    baseDir,
    validate: true,
    ruleSet: { forbidden: boundaryRules },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^server/build/|^web/(build|\\.svelte-kit)/|/test-results/' },
    // imports of types count too
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'types', 'import', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte'],
    },
  });
  const { modules, summary } = result.output as ICruiseResult;
  return {
    modules: modules.length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
