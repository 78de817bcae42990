import { situation } from './situation.ts';
import type { Situation } from './situation.ts';

export const STORAGE: readonly Situation[] = [
  situation(
    'incident',
    'Project folder of {place} is empty',
    'Yesterday there were about 300 files. Today the folder is empty.',
    'Could somebody have moved it?',
    'We asked everybody, nobody did.',
    'Moved by drag and drop into the neighbouring folder at 17:52, audit log says.',
    'fixed',
    'Folder moved back, nothing lost.',
  ),
  situation(
    'request',
    'More space for the video archive',
    'Our drive is 97 % full and we record every week.',
    'How much do you expect for the next year?',
    'About two terabytes.',
    'Archive tier is half the price.',
    'fulfilled',
    'Two terabytes on the archive tier.',
  ),
  situation(
    'incident',
    'Nightly backup of the file server did not finish',
    'Report says: stopped after six hours.',
    'Is last night’s copy usable?',
    'Only the first four volumes.',
    'Snapshot was held open by the virus scan.',
    'fixed',
    'Scan moved to after the backup window; backup run again by day.',
  ),
];
