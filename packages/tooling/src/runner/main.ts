/** Runs one of the root's commands: `node packages/tooling/src/runner/main.ts check`. */
import { commands } from './commands.ts';

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Unknown command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
process.exitCode = await command(args);
