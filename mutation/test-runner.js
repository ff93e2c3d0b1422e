import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { bundleTests } from './bundled-tests.js';

/**
 * Runs tests for Stryker. Its runner for vitest loads all sources anew for every change, which takes longer than most tests. Here they are loaded once in a process, as changes are switched on and off
 * while they run; files of tests are loaded anew for each, as some compute what they test while they are loaded. A test is known by its file and its place there.
 */
class OneProcessRunner {
  #loads = 0;
  /** Milliseconds, by test. */
  #times = new Map();

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    this.switches = globalThis.__stryker__ ??= {};
    this.bundle = await bundleTests(process.env.MENUSMITH_TESTS.split(','), 'mutation/dist/bundled');
    await import(this.bundle.sources);
    // Only here, as Vitest's own expectations in a process that asks Stryker to work are not to be replaced.
    this.testsOf = (await import('./collected-tests.js')).testsOf;
  }

  /** All tests, and the changes that each reaches: those that its file reaches while it is loaded are reached by all of it. */
  async dryRun() {
    const tests = [];
    const reached = {};
    const { switches } = this;
    for (const file of this.bundle.tests.keys()) {
      switches.currentTestId = file;
      const start = performance.now();
      const own = await this.#load(file);
      const loading = performance.now() - start;
      const whileLoaded = switches.mutantCoverage?.perTest[file] ?? {};
      for (const { id, run } of own) {
        switches.currentTestId = id;
        const result = await outcomeOf(id, run, loading);
        this.#times.set(id, result.timeSpentMs);
        tests.push(result);
        const sum = { ...whileLoaded };
        for (const [change, count] of Object.entries(switches.mutantCoverage?.perTest[id] ?? {}))
          sum[change] = (sum[change] ?? 0) + count;
        reached[id] = sum;
      }
    }
    switches.currentTestId = undefined;
    const mutantCoverage = { static: switches.mutantCoverage?.static ?? {}, perTest: reached };
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  /**
   * The quickest tests first, up to the first that fails. It must pass without the change: else a change before it left something behind, and Stryker, told so by an error, tries it again in another
   * process.
   */
  async mutantRun({ testFilter = [], activeMutant, hitLimit }) {
    const { switches } = this;
    Object.assign(switches, { hitCount: 0, hitLimit, activeMutant: activeMutant.id });
    const loaded = new Map();
    const tests = [];
    const inOrder = testFilter.toSorted((a, b) => (this.#times.get(a) ?? 0) - (this.#times.get(b) ?? 0));
    for (const id of inOrder) {
      tests.push(await this.#run(id, loaded));
      if (tests.at(-1).status === TestStatus.Failed) break;
    }
    const { hitCount } = switches;
    Object.assign(switches, { activeMutant: undefined, hitLimit: undefined });
    const last = tests.at(-1);
    if (last?.status === TestStatus.Failed) {
      const again = await this.#run(last.id, new Map());
      if (again.status === TestStatus.Failed)
        throw new Error(`${last.id} fails without a change as well: ${again.failureMessage}`);
    }
    const complete = { status: DryRunStatus.Complete, tests };
    return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? complete);
  }

  /** A test, of a file that is loaded where it is not among those that are. A file that cannot be loaded, or has no such test any more, fails. */
  #run(id, loaded) {
    const file = id.slice(0, id.indexOf('#'));
    return outcomeOf(id, async () => {
      if (!loaded.has(file)) loaded.set(file, await this.#load(file));
      await loaded
        .get(file)
        .find((each) => each.id === id)
        .run();
    });
  }

  async #load(file) {
    const tests = await this.testsOf(() => import(`${this.bundle.tests.get(file)}?${this.#loads++}`));
    return tests.map(({ name, run }, k) => ({ id: `${file}#${k} ${name}`, run }));
  }
}

const outcomeOf = async (id, run, loading = 0) => {
  const start = performance.now();
  const result = { id, name: id };
  try {
    await run();
    return { ...result, status: TestStatus.Success, timeSpentMs: loading + performance.now() - start };
  } catch (error) {
    const failureMessage = String(error);
    return { ...result, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - start };
  }
};

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-process', OneProcessRunner)];
