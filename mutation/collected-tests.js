/*
 * What files of tests take from vitest, where they are run again and again in one process: tests are collected as their file is loaded, and run by whoever asks for them.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

for (const matchers of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(matchers);
export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, configurable: true });
setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);

let collected = [];
let [path, preparations] = [[], []];

const each = (define) => (table) => (name, body) => {
  for (const row of table) define(name, () => (Array.isArray(row) ? body(...row) : body(row)));
};

const defineTest = (name, body) => {
  const first = preparations;
  const run = async () => {
    for (const prepare of first) await prepare();
    await body();
  };
  collected.push({ name: [...path, name].join(' '), run });
};
const defineSuite = (name, body) => {
  const around = [path, preparations];
  [path, preparations] = [[...path, name], [...preparations]];
  body();
  [path, preparations] = around;
};
const tests = { each: each(defineTest) };
export const test = Object.assign((name, body) => defineTest(name, body), tests);
export const it = Object.assign((name, body) => defineTest(name, body), tests);
export const describe = Object.assign(defineSuite, { each: each(defineSuite) });

/** Done once, before the first test of its suite. */
export const beforeAll = (body) => {
  let done;
  preparations.push(() => {
    done ??= Promise.resolve(body());
    return done;
  });
};

/** The tests of the file that `load` loads. */
export const testsOf = async (load) => {
  [collected, path, preparations] = [[], [], []];
  await load();
  return collected;
};
