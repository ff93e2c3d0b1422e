/*
 * The Python client, by a Python that is here; where there is none there is nothing to test. It talks to the command as it is built from the sources.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { paramNames, requestMethods } from '@menusmith/app';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from '../cli/bundled-script.ts';

const isThere = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;

describe.skipIf(!isThere)('clients/python/menusmith.py', () => {
  let command: readonly string[] = [];
  beforeAll(async () => {
    command = [process.execPath, await bundledCommand()];
  }, 60_000);

  /** What a script prints, with `command` and `study` at hand. */
  const printed = (script: string): string => {
    const head = `
import json, pathlib, sys
sys.path.insert(0, "clients/python")
from menusmith import *
import menusmith
command = ${JSON.stringify(command)}
study = pathlib.Path("examples/example-1-allocations.yaml").read_text(encoding="utf-8")
light = {"cost": {"use": "quadratic"}, "buyers": {"kind": "representative", "types": [{"value": 1, "mass": 1}]}}
`;
    const { status, stdout, stderr } = spawnSync('python3', ['-W', 'error', '-c', head + script], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return stdout;
  };
  const json = (script: string): unknown => JSON.parse(printed(script));

  it('has every method of the server with its params, and no other', () => {
    const server = Object.fromEntries(
      requestMethods.map((method) => [method, [...paramNames(method)].sort()]),
    );
    const known = json(
      'print(json.dumps({name: sorted(params) for name, params in menusmith.METHODS.items()}))',
    );
    expect(known).toEqual(server);
    expect(
      json('print(json.dumps([name for name in menusmith.METHODS if not hasattr(Menusmith, name)]))'),
    ).toEqual([]);
  });

  it('solves, quotes in rows, finds tiers, evaluates and checks', () => {
    const found = json(`
with Menusmith(command) as server:
    result = server.solve(study, at={"value": 0.8, "scale": 0.5})
    quotes = server.quote(study, ["value=0:1:3,scale=1"])
    tiers = server.tiers(study, 2, scale=1, min_share=None)
    priced = pathlib.Path("examples/priced-packages.yaml").read_text(encoding="utf-8")
    menu = json.loads(pathlib.Path("examples/plans.json").read_text(encoding="utf-8"))
    sold = server.evaluate(priced, menu, customers=[{"customer_id": "a", "theta": 1}])
    checked = server.check(light)
print(json.dumps([result["profit"], result["types"][0]["transfer"], [q["tariff.prices.input"] if "tariff.prices.input" in q else None for q in quotes],
    len(tiers["tiers"]), sold["migration"][0]["customer_id"], checked["name"], server._process.returncode]))
`) as unknown[];
    expect(found[0]).toBeCloseTo(97 / 960, 12);
    expect(found[1]).toBeCloseTo(0.39, 12);
    expect(found.slice(2)).toEqual([[null, null, expect.closeTo(0.125, 12)], 2, 'a', 'study', 0]);
  });

  it('says of wrong input what, where and of which kind', () => {
    const found = json(`
told = []
with Menusmith(command) as server:
    for work in (
        lambda: server.solve(study.replace("input: 0.25", "input: -1")),
        lambda: server.solve({"buyers": 1}),
        lambda: server.evaluate(light, {"plans": [{"name": ""}]}),
        lambda: server.tiers(light, "many"),
    ):
        try:
            work()
        except InputError as error:
            told.append([error.status, error.code, error.file, error.path, error.line is not None])
    try:
        server.solve(light, nonsense=1)
    except TypeError as error:
        told.append(str(error))
    try:
        server.solve(light, set={"buyers.types[0].value": float("nan")})
    except ValueError:
        told.append("no number")
    told.append(server.solve(light)["profit"])
print(json.dumps(told))
`) as unknown[];
    expect(found).toEqual([
      [-32602, 'number', 'study', 'production.exponents.input', true],
      [-32602, expect.any(String), 'study', expect.any(String), false],
      [-32602, expect.any(String), 'menu', 'plans[0].name', true],
      [-32602, 'count', null, 'count', false],
      expect.stringContaining('nonsense'),
      'no number',
      0.5,
    ]);
  });

  it('has many requests under way, in their order, and forgets those that nobody waits for', () => {
    const found = json(`
with Menusmith(command) as server:
    asked = ({"study": light, "set": {"buyers.types[0].value": k}} for k in range(1, 201))
    profits = [result["profit"] for result in server.calls("solve", asked)]
    for result in server.calls("solve", [{"study": light}] * 100):
        within = server.solve(light, set={"buyers.types[0].value": 4})["profit"]
        break
    after = server.solve(light, set={"buyers.types[0].value": 2})["profit"]
    left = len(server._answers)
print(json.dumps([profits, within, after, left]))
`);
    expect(found).toEqual([Array.from({ length: 200 }, (_, k) => (k + 1) ** 2 / 2), 8, 2, 0]);
  });

  it('may be shared by threads', () => {
    const found = json(`
from concurrent.futures import ThreadPoolExecutor
with Menusmith(command) as server, ThreadPoolExecutor(8) as pool:
    profit = lambda k: server.solve(light, set={"buyers.types[0].value": k})["profit"]
    print(json.dumps(list(pool.map(profit, range(1, 41)))))
`);
    expect(found).toEqual(Array.from({ length: 40 }, (_, k) => (k + 1) ** 2 / 2));
  });

  it('tells where the server has ended, or is not there', () => {
    const found = json(`
told = []
server = Menusmith(command)
server._process.kill()
server._process.wait()
try:
    server.solve(light)
except MenusmithError as error:
    told.append(error.status)
server.close()
try:
    Menusmith("no-such-program-anywhere")
except MenusmithError as error:
    told.append(str(error))
print(json.dumps(told))
`);
    expect(found).toEqual([null, expect.stringContaining('no-such-program-anywhere')]);
  });

  it('makes the data of a figure in ten lines', () => {
    const file = 'clients/python/profit_against_rho.py';
    const [, body] = readFileSync(file, 'utf8').split('from menusmith import Menusmith\n');
    expect(body!.trim().split('\n').length).toBeLessThanOrEqual(10);
    const { status, stdout } = spawnSync('python3', [file, ...command], { encoding: 'utf8' });
    expect(status).toBe(0);
    const rows = stdout
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['rho', 'profit']);
    // Packages without dependence make 97/1080, and more where large buyers have the higher values.
    expect(Number(rows[5]![1])).toBeCloseTo(97 / 1080, 9);
    const profits = rows.slice(1).map(([, profit]) => Number(profit));
    expect(profits).toEqual([...profits].sort((a, b) => a - b));
  });
});
