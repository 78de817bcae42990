/** Checks the workspace's imports and prints each that crosses a boundary, with advice. */
import { root } from '../bootstrap/paths.mjs';
import { checkBoundaries } from './cruise.ts';
import { boundaryRules } from './rules.mjs';

const FOLDERS = ['packages', 'server', 'web/src', 'test'];

const { modules, violations } = await checkBoundaries(root, FOLDERS);
for (const { rule, from, to } of violations) {
  const advice = boundaryRules.find(({ name }) => name === rule)?.comment ?? '';
  console.log(`${from} → ${to}\n  ${rule}: ${advice}`);
}
console.log(`${modules} modules read, ${violations.length} imports across a boundary`);
process.exitCode = violations.length > 0 ? 1 : 0;
