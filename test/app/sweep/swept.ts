import {
  createRegistry,
  filesBeside,
  openSweep,
  type Registry,
  standardPlugin,
  studySetting,
  variedField,
} from '@menusmith/app';

export type SweptRow = Readonly<Record<string, unknown>> & {
  readonly profit: number | null;
  readonly revenue: number | null;
  readonly consumerSurplus: number | null;
  readonly welfare: number | null;
  readonly efficientWelfare: number | null;
  readonly excludedShare: number | null;
  readonly fineTunedShare: number | null;
  readonly status: string | null;
  readonly error: string | null;
};

export interface SweptStudy {
  readonly text: string;
  readonly file?: string;
  /** As the command's options have them. */
  readonly set?: readonly string[];
  readonly vary: readonly string[];
  readonly columns?: string;
  readonly registry?: Registry;
}

const standard = createRegistry([standardPlugin]);

/** A sweep that has been solved: a row for each combination, by the names of its columns. */
export const swept = async ({
  text,
  file = 'study.yaml',
  set = [],
  vary,
  columns,
  registry = standard,
}: SweptStudy): Promise<readonly SweptRow[]> => {
  const settings = set.map(studySetting);
  const varied = vary.map(variedField);
  const asked = columns === undefined ? {} : { columns };
  const sweep = openSweep({ text, file, settings, varied, ...asked }, registry, () => 0, filesBeside(file));
  const rows: SweptRow[] = [];
  for (let k = 0; k < sweep.count; k++) {
    const row = await sweep.row(k);
    rows.push(Object.fromEntries(sweep.columns.map((name, column) => [name, row[column]])) as SweptRow);
  }
  return rows;
};
