import { openJson } from '../plans/open-json.ts';
import { metricIds, requireIds } from './metric-ids.ts';

/** A file of ids of metrics. */
export interface OpenMetrics {
  readonly ids: ReadonlyMap<string, string>;
  /** Throws InputError, with the file, unless each of these inputs has one. */
  require(inputs: readonly string[]): void;
}

/** The ids in a text of JSON; throws InputError with file and place. */
export const openMetrics = (text: string, file: string): OpenMetrics => {
  const { data, locating } = openJson(text, file, 'ids of metrics by input, as { "input": "…" }');
  const ids = locating(() => metricIds(data));
  return { ids, require: (inputs) => locating(() => requireIds(ids, inputs)) };
};
