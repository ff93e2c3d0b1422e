import type { Case } from '../cases.ts';
import { colours, duration, pictureConfig, type Section, small, table } from '../section.ts';
import { timingOf } from '../timing.ts';
import { externalScripts, pythonFor } from './external.ts';
import { isMeasured, type Measured, measure, type Outcome } from './measure.ts';

/** Relative to what is known of a profit; the numbers in the literature have eight digits. */
const KNOWN = 1e-7;
/** What a menu of ours may be below its bound. */
const CERTIFIED = 1e-8;

interface Contender {
  readonly name: string;
  /** How `finite-case` calls it. */
  readonly solver: string;
  readonly mostTypes: number;
  takes(one: Case): boolean;
}

const isLinear = ({ study }: Case): boolean =>
  study.technology.kind === 'cost' && study.technology.use === 'linear';
const isQuadratic = ({ study }: Case): boolean =>
  study.technology.kind === 'cost' && study.technology.use === 'quadratic';
const isCobbDouglas = ({ study }: Case): boolean =>
  study.technology.kind === 'production' && study.technology.use === 'cobb-douglas';

const contenders: readonly Contender[] = [
  { name: 'Menusmith', solver: 'auto', mostTypes: Number.POSITIVE_INFINITY, takes: () => true },
  {
    name: 'Clarabel, all constraints',
    solver: 'clarabel',
    mostTypes: 400,
    takes: (one) => isLinear(one) || isQuadratic(one) || isCobbDouglas(one),
  },
  { name: 'HiGHS QP, all constraints', solver: 'highs-qp', mostTypes: 400, takes: isQuadratic },
  ...externalScripts.map(
    ({ name, takesCobbDouglas, pairs }): Contender => ({
      name,
      solver: name,
      mostTypes: pairs === 'neighbours' ? 3000 : 256,
      takes: (one) => isLinear(one) || isQuadratic(one) || (takesCobbDouglas && isCobbDouglas(one)),
    }),
  ),
];

/** Full runs are long: who watches wants to know where they are. */
const progress = (text: string): void => {
  if (process.stderr.isTTY || process.argv.includes('--verbose')) console.error(text);
};

const typesIn = ({ study: { buyers } }: Case): number =>
  'types' in buyers && Array.isArray(buyers.types) ? buyers.types.length : 0;

/** The same finite problems by everybody, in turns; everybody's menu and multipliers go through the same certification. */
export const otherSolvers = (cases: readonly Case[], isQuick: boolean): Section => {
  const mostSeconds = isQuick ? 10 : 30;
  const absent: string[] = [];
  const present: string[] = [];
  const missing = new Set<string>();
  for (const script of externalScripts) {
    const python = pythonFor(script);
    if (python === undefined) {
      missing.add(script.name);
      absent.push(`${script.name} (no Python with ${script.needs.join(', ')})`);
    } else present.push(`${script.name}: ${python.versions}`);
  }
  const failures: string[] = [];
  const rows: string[][] = [];
  const bars: { case: string; solver: string; seconds: number; gap: number }[] = [];
  const giveUps = new Map<string, number>();
  for (const one of cases) {
    const types = typesIn(one);
    const family = one.name.replace(/ \d.*/, '');
    const entered = contenders.filter((contender) => {
      if (contender.name === 'Menusmith') return true;
      if (!contender.takes(one) || missing.has(contender.name) || types > contender.mostTypes) return false;
      if (isQuick && types > 20) return false;
      // Who found no answer at a smaller size of the same family is not asked for a larger one.
      return !(types > (giveUps.get(`${contender.name}|${family}`) ?? Number.POSITIVE_INFINITY));
    });
    const outcomes = entered.map((): Outcome[] => []);
    const turns = isQuick || types > 3000 ? 1 : 2;
    for (let turn = 0; turn < turns; turn++) {
      entered.forEach((contender, i) => {
        // One timeout is enough to know.
        if (outcomes[i]!.some((outcome) => !isMeasured(outcome))) return;
        progress(`${one.name}, ${contender.name}`);
        outcomes[i]!.push(
          measure(one, contender.solver, {
            mostSeconds: contender.name === 'Menusmith' ? 600 : mostSeconds,
            isOnce: isQuick,
          }),
        );
      });
    }
    const [ours] = outcomes;
    const best = ours!.find(isMeasured);
    const ourTime = best ? medianOf(ours!) : Number.NaN;
    entered.forEach((contender, i) => {
      const last = outcomes[i]!.at(-1)!;
      if (!isMeasured(last)) {
        giveUps.set(`${contender.name}|${family}`, types);
        rows.push([one.name, contender.name, '–', '–', '–', '–', '–', '–', last.failed]);
        return;
      }
      const time = medianOf(outcomes[i]!);
      const all = outcomes[i]!.filter(isMeasured).flatMap(({ seconds }) => seconds);
      const timing = timingOf(all.map((seconds) => 1000 * seconds));
      bars.push({ case: one.name, solver: contender.name, seconds: time, gap: last.gap });
      rows.push([
        one.name,
        contender.name === 'Menusmith' ? `Menusmith (${last.solver})` : contender.name,
        `${duration(1000 * time)} (${duration(timing.lower)}–${duration(timing.upper)})`,
        `${(time / ourTime).toPrecision(2)}`,
        small(1 - last.attained / best!.bound),
        last.bound > 0 && Number.isFinite(last.bound) ? small(last.bound / best!.bound - 1) : '–',
        small(last.violation),
        last.megabytes.toFixed(0),
        last.status,
      ]);
    });
    if (best === undefined) failures.push(`${one.name}: not solved`);
    else {
      if (!(best.gap <= CERTIFIED && best.status === 'optimal'))
        failures.push(`${one.name}: ${best.status}, gap ${small(best.gap)}`);
      if (one.profit !== undefined && !(Math.abs(best.attained / one.profit - 1) < KNOWN))
        failures.push(`${one.name}: profit ${best.attained}, known as ${one.profit}`);
      // Weak duality, from outside: nobody's mechanism may earn more than our bound.
      outcomes.forEach((list, i) => {
        for (const other of list.filter(isMeasured))
          if (other.attained > best.bound * (1 + 1e-10))
            failures.push(
              `${one.name}: ${entered[i]!.name} earns ${other.attained}, above our bound ${best.bound}`,
            );
      });
    }
  }
  return {
    title: 'Against other solvers',
    body: [
      `The problems of [cases/finite](cases/finite), each solver in a process of its own, in turns, stopped after ${mostSeconds} s. What each proposes, menu and multipliers, goes through the same certification: **profit lost** is what its menu earns less than our certified upper bound, buyers choosing freely after rents were raised to where nobody is tempted; **bound** is how far the bound that its own multipliers give is above ours. Time is the median over all runs (quartiles), certification included, except for Python, where it is the solver alone; **ratio** is to ours. Clarabel (0.9, in WebAssembly) and HiGHS (1.15, in WebAssembly) get the program with all N(N − 1) incentive constraints, for Cobb–Douglas costs as power cones and asked for 1e-11, then 1e-7, then 1e-5, as Clarabel breaks off where it cannot do better; a solver that found nothing at one size is not asked for a larger one.`,
      [...present.map((line) => `- ${line}`), ...absent.map((line) => `- absent here: ${line}`)].join('\n'),
      table(
        ['problem', 'solver', 'time', 'ratio', 'profit lost', 'bound', 'violation', 'MB', 'status'],
        rows,
      ),
    ],
    pictures: [picture(bars)],
    failures,
  };
};

/** The median of the runs of all processes, cold ones included where a process had no other. */
const medianOf = (outcomes: readonly Outcome[]): number =>
  timingOf(
    outcomes
      .filter(isMeasured)
      .flatMap(({ seconds }: Measured) => (seconds.length > 1 ? seconds.slice(1) : seconds)),
  ).median;

const picture = (
  bars: readonly { case: string; solver: string; seconds: number; gap: number }[],
): Section['pictures'][number] => {
  const solvers = contenders
    .map(({ name }) => name)
    .filter((name) => bars.some((bar) => bar.solver === name));
  return {
    name: 'other-solvers',
    caption:
      'Time of every solver that found an answer, per problem. Filled: the certified relative gap is below 1e-6; hollow: it is not.',
    specification: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: { text: 'Finite screening: time by solver', anchor: 'start', offset: 12 },
      data: {
        values: bars.map((bar) => ({ ...bar, answer: bar.gap < 1e-6 ? 'gap below 1e-6' : 'larger gap' })),
      },
      width: 460,
      height: { step: 18 },
      mark: { type: 'point', size: 70, strokeWidth: 2 },
      encoding: {
        y: {
          field: 'case',
          type: 'nominal',
          sort: [...new Set(bars.map((bar) => bar.case))],
          title: null,
          axis: { labelLimit: 0, grid: true },
        },
        x: {
          field: 'seconds',
          type: 'quantitative',
          scale: { type: 'log' },
          title: 'seconds',
          axis: { format: '~g', tickCount: 6 },
        },
        color: {
          field: 'solver',
          type: 'nominal',
          scale: { domain: solvers, range: solvers.map((_, i) => colours[i % colours.length]!) },
          legend: { title: null, orient: 'bottom', columns: 3, labelLimit: 0 },
        },
        shape: { field: 'solver', type: 'nominal', scale: { domain: solvers } },
        fillOpacity: {
          field: 'answer',
          type: 'nominal',
          scale: { domain: ['gap below 1e-6', 'larger gap'], range: [1, 0] },
          legend: null,
        },
        fill: {
          field: 'solver',
          type: 'nominal',
          scale: { domain: solvers, range: solvers.map((_, i) => colours[i % colours.length]!) },
          legend: null,
        },
      },
      config: pictureConfig,
    },
  };
};
