import { InputError } from '@menusmith/core';
import type { GivenContent } from '../provenance/provenance.ts';
import type { Registry } from '../registry.ts';
import { readCsvText } from '../study/files-beside.ts';
import { withoutMark } from '../study/json-data.ts';
import { type Calibration, calibration } from './calibration.ts';
import type { DegreeSource } from './identified-degree.ts';
import { costList } from './prices/cost-list.ts';
import { datedPrices } from './prices/dated-prices.ts';
import { type ReadSoFar, readingUsage } from './usage/read-usage.ts';
import { columnMap } from './usage/usage-columns.ts';
import { openUsage } from './usage/usage-file.ts';

/** What `calibrate` is asked: the names of files, and where the degree is to come from. */
export interface CalibrationRequest extends DegreeSource {
  readonly usage: string;
  readonly prices: string;
  readonly costs?: string;
  /** As `customer_id=account,…`, or a file of JSON. */
  readonly columns?: string;
  readonly registry: Registry;
}

export interface CalibratedUsage {
  readonly calibration: Calibration;
  /** What was read. */
  readonly read: readonly GivenContent[];
}

/** Reads a log, yielding how far it is, and fits it. Throws InputError where a file, or what the log says, will not do. */
export function* calibratingUsage(
  asked: CalibrationRequest,
): Generator<ReadSoFar, CalibratedUsage, undefined> {
  const map = asked.columns === undefined ? new Map<string, string>() : columnMap(columnsText(asked.columns));
  const { elasticity, assume } = asked;
  // Before millions of rows are read.
  if (elasticity !== undefined && assume !== undefined)
    throw new InputError('degree', 'expected --elasticity or --assume, got both');
  const pricesText = readCsvText(asked.prices);
  const prices = datedPrices(pricesText, asked.prices);
  const costsText = asked.costs === undefined ? undefined : readCsvText(asked.costs);
  const costs = costsText === undefined ? undefined : costList(costsText, asked.costs!);
  const file = openUsage(asked.usage);
  try {
    const usage = yield* readingUsage(file.read, asked.usage, prices, map, file.firstText);
    return {
      calibration: calibration({
        usage,
        file: asked.usage,
        prices,
        costs,
        copulas: asked.registry.copulas.list(),
        ...(elasticity === undefined ? {} : { elasticity }),
        ...(assume === undefined ? {} : { assume }),
      }),
      read: [
        { path: asked.usage, sha256: file.digest() },
        { path: asked.prices, text: pricesText },
        ...(costsText === undefined ? [] : [{ path: asked.costs!, text: costsText }]),
      ],
    };
  } finally {
    file.close();
  }
}

/** A map may stand in a file of JSON. */
const columnsText = (columns: string): string =>
  /\.json$/i.test(columns) && !columns.includes('=') ? withoutMark(readCsvText(columns)) : columns;
