/* The R client, where Rscript and jsonlite are; else there is nothing to test. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { paramNames, requestMethods } from '@menusmith/app';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from '../cli/bundled-script.ts';

const isThere = spawnSync('Rscript', ['-e', 'library(jsonlite)']).status === 0;

describe.skipIf(!isThere)('clients/r/menusmith.R', () => {
  let setting = '';
  beforeAll(async () => {
    setting = `options(menusmith.command = c(${JSON.stringify(process.execPath)}, ${JSON.stringify(await bundledCommand())}))`;
  }, 60_000);

  const printed = (script: string): string => {
    const { status, stdout, stderr } = spawnSync('Rscript', ['-e', `${setting}\n${script}`], {
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    return stdout;
  };
  const json = (script: string): unknown =>
    JSON.parse(
      printed(
        `source("clients/r/menusmith.R"); told <- {${script}}; cat(jsonlite::toJSON(told, auto_unbox = TRUE, digits = NA))`,
      ),
    );

  it('has every method of the server with its params, and no other', () => {
    const server = Object.fromEntries(
      requestMethods.map((method) => [method, [...paramNames(method)].sort()]),
    );
    expect(json('lapply(menusmith_methods, sort)')).toEqual(server);
  });

  it('answers with results, with rows for data frames, and with conditions', () => {
    const found = json(`
study <- paste(readLines("examples/example-1-allocations.yaml"), collapse = "\\n")
at <- list(list(value = 0.8, scale = 0.5), list(value = 0.2, scale = 0.5))
result <- menusmith("solve", list(study = study, at = at))
light <- list(cost = list(use = "quadratic"), buyers = list(kind = "representative", types = list(list(value = 1, mass = 1))))
many <- menusmith_all("solve", lapply(1:20, function(k) list(study = light, set = list("buyers.types[0].value" = k))))
wrong <- tryCatch(menusmith("solve", list(study = sub("input: 0.25", "input: -1", study))), menusmith_error = function(e) c(e$code, e$file, e$path))
unknown <- tryCatch(menusmith("solve", list(studdy = 1)), error = function(e) conditionMessage(e))
rows <- menusmith_rows(result$types)
list(result$profit, rows$transfer, rows$tariff.prices.input, sapply(many, function(one) one$profit), wrong, unknown)
`) as unknown[];
    expect(found[0]).toBeCloseTo(97 / 960, 12);
    expect(found.slice(1)).toEqual([
      [0.39, 0],
      [expect.closeTo(1 / 6, 12), expect.anything()],
      Array.from({ length: 20 }, (_, k) => (k + 1) ** 2 / 2),
      ['number', 'study', 'production.exponents.input'],
      'solve takes no studdy',
    ]);
  });

  it('makes the data of a figure in ten lines', () => {
    const file = 'clients/r/profit_against_rho.R';
    const code = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'));
    expect(code.length).toBeLessThanOrEqual(10);
    const rows = printed(`source("${file}")`)
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['"rho"', '"profit"']);
    expect(Number(rows[5]![1])).toBeCloseTo(97 / 1080, 9);
  });
});
