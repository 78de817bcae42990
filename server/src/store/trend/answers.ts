import { answerClusters } from './clusters.ts';
import { readJoinedItems } from '../joined-items.ts';
import type { Asker } from './counted.ts';
import { answerFixEffect } from './fix-effect.ts';
import { answerPareto } from './pareto.ts';
import type { Answered, Asked, TrendKind } from './questions.ts';
import { answerRecords } from './records.ts';
import { answerRecurrences } from './recurrences.ts';
import { answerHeatMap, answerWeeks } from './spread.ts';

const ANSWERS: {
  readonly [Kind in TrendKind]: (asker: Asker, asked: Asked<Kind>) => Promise<Answered<Kind>>;
} = {
  pareto: answerPareto,
  heatMap: answerHeatMap,
  weeks: answerWeeks,
  recurrences: answerRecurrences,
  clusters: answerClusters,
  fixEffect: answerFixEffect,
  records: answerRecords,
};

/** Answers a question about trends; `asker.db` must know `still_asked`. */
export async function answerTrend<Kind extends TrendKind>(
  kind: Kind,
  asker: Omit<Asker, 'joined'>,
  asked: Asked<Kind>,
): Promise<Answered<Kind>> {
  return await ANSWERS[kind]({ ...asker, joined: await readJoinedItems(asker.db) }, asked);
}
