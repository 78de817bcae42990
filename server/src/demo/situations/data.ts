import { situation } from './situation.ts';
import type { Situation } from './situation.ts';

export const DATA: readonly Situation[] = [
  situation(
    'incident',
    'Warehouse load failed at 04:12',
    'The night’s load did not finish.',
    'Is the stock report needed before noon?',
    'Yes, for the buyers at ten.',
    'Column was renamed in the source.',
    'fixed',
    'Mapping changed, load finished at 09:20.',
  ),
  situation(
    'incident',
    'Sales report shows yesterday’s numbers',
    'The morning report has the numbers of the day before.',
    'Is the date at the top right?',
    'The date is right, the numbers are not.',
    'Load waited for the finance close and gave up at 06:00.',
    'fixed',
    'Load run again, time-out raised to two hours.',
  ),
  situation(
    'request',
    'Report of returns by product for {place}',
    'We would like to see returns by product and place, every week.',
    'Which products are in the first version?',
    'The twenty with the most returns.',
    'Data exists, one day of work.',
    'fulfilled',
    'Report is in the catalogue, goes out on Mondays.',
  ),
  situation(
    'complaint',
    'The numbers in two reports differ',
    'Turnover in the sales report and in the finance report is not the same.',
    'May I show you how each is counted?',
    'Please, our manager asks.',
    'One counts by order, the other by invoice.',
    'partly-upheld',
    'Both reports say now what they count.',
  ),
];
