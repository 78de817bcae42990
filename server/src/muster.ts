/** The command line for those who run a server. Commands arrive with the server's features. */
import { Command } from 'commander';

const program = new Command('muster').description('Run and look after a Muster server');
await program.parseAsync();
