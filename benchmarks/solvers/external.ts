import { execFileSync } from 'node:child_process';
import { type FiniteSolver, type ItemProfiles, profilesTaskByTask } from '@menusmith/core';
import { type CobbDouglasCost, marginalCosts } from './cobb-douglas-cost.ts';

/** A solver in a script of benchmarks/external, for which a Python with certain packages must be there. */
interface ExternalScript {
  readonly name: string;
  readonly script: string;
  readonly needs: readonly string[];
  readonly takesCobbDouglas: boolean;
  readonly pairs: 'all' | 'neighbours';
}

export const externalScripts: readonly ExternalScript[] = [
  {
    name: 'SciPy SLSQP',
    script: 'scipy_slsqp.py',
    needs: ['numpy', 'scipy'],
    takesCobbDouglas: true,
    pairs: 'all',
  },
  {
    name: 'SciPy trust-constr',
    script: 'scipy_trust_constr.py',
    needs: ['numpy', 'scipy'],
    takesCobbDouglas: true,
    pairs: 'all',
  },
  {
    name: 'CVXOPT, neighbours',
    script: 'cvxopt_neighbours.py',
    needs: ['numpy', 'scipy', 'cvxopt'],
    takesCobbDouglas: false,
    pairs: 'neighbours',
  },
];

/** Where Python is looked for: the one on the path, then the system's. */
const interpreters = ['python3', '/usr/bin/python3'];

/** A Python that has the packages that a script needs, with their versions; undefined where there is none. */
export const pythonFor = ({ needs }: ExternalScript): { command: string; versions: string } | undefined => {
  const program = `import sys, ${needs.join(', ')}\nprint(', '.join(f"{m.__name__} {m.__version__}" for m in [${needs.join(', ')}]))`;
  for (const command of interpreters) {
    try {
      const versions = execFileSync(command, ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'] });
      return { command, versions: versions.toString().trim() };
    } catch {
      // Not there, or without the packages: the next may do.
    }
  }
  return undefined;
};

/** `seconds` are those of the last run inside the script: starting Python and reading the problem are not its solver's fault. */
export interface ExternalRun {
  seconds: number;
  status: string;
}

export const externalSolver = (
  { script, takesCobbDouglas, pairs }: ExternalScript,
  command: string,
  cobbDouglas: CobbDouglasCost | undefined,
  mostSeconds: number,
  run: ExternalRun,
): FiniteSolver => ({
  refuses: ({ cost }) =>
    cost !== undefined || (cobbDouglas !== undefined && takesCobbDouglas) ? undefined : 'this cost',
  *proposals({ types, mass, cost }) {
    const { count, weights } = types;
    const tasks = weights.length;
    const problem = {
      weights: Array.from(weights),
      mass: Array.from(mass),
      values: Array.from({ length: count }, (_, n) => Array.from(weights, (_w, m) => types.valueAt(n, m))),
      cost: cost ?? cobbDouglas,
      pairs: pairs === 'all' ? null : listOf(types.neighbours()),
    };
    const output = execFileSync(command, [`benchmarks/external/${script}`, String(mostSeconds)], {
      input: JSON.stringify(problem),
      timeout: 1000 * mostSeconds,
      maxBuffer: 2 ** 30,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const answer = JSON.parse(output.toString()) as {
      rents: number[];
      quality: number[][];
      flows: [number, number, number][] | null;
      seconds: number;
      status: string;
    };
    run.seconds = answer.seconds;
    run.status = answer.status;
    const flows = answer.flows ?? [];
    const items: ItemProfiles = profilesTaskByTask(Float64Array.from(answer.quality.flat()), tasks);
    yield {
      flows: {
        from: Int32Array.from(flows, ([n]) => n),
        to: Int32Array.from(flows, ([, k]) => k),
        amount: Float64Array.from(flows, ([, , amount]) => amount),
      },
      rents: Float64Array.from(answer.rents),
      ...(cost === undefined
        ? {
            served: {
              ...items,
              quality: Float64Array.from(
                answer.quality.flatMap((q) =>
                  Array.from(marginalCosts(cobbDouglas!, Float64Array.from(q), weights)),
                ),
              ),
            },
          }
        : { quality: items }),
      iterations: 1,
      expectedGap: 1e-9,
    };
  },
});

const listOf = ({ from, to }: { readonly from: Int32Array; readonly to: Int32Array }): number[][] =>
  Array.from(from, (n, e) => [n, to[e]!]);
