import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MenuContract } from '@menusmith/replication';
import type { CommonOptions, ExitCode, Output } from '../command-context.ts';
import { registryFor } from '../command-context.ts';
import { demoReport, worstError } from '../demo-report.ts';
import { marking } from '../marked-files.ts';
import { ownFolder } from '../own-folder.ts';
import { DEMO_FILES } from '../report-files.ts';
import { outDirectory } from '../write-files.ts';
import { writePictures } from '../write-pictures.ts';

/** The example studies: of the published package, or of the repository, seen from src/commands and dist/commands alike. */
const examples =
  ownFolder('../examples/', import.meta.url) ?? new URL('../../../../examples/', import.meta.url);

/** Largest error against the closed forms at which the demonstration still counts as done. */
const tolerance = 1e-9;

/**
 * `npm start`: Example 1 by the numeric path alone, beside closed forms and the paper; menus and Figure 1 as files.
 *
 * 0 where both menus are certified and match the closed forms, 3 where not.
 */
export const demoCommand = async (
  options: CommonOptions & { readonly out: string },
  output: Output,
): Promise<ExitCode> => {
  const out = await outDirectory(options.out, output);
  const clock = () => performance.now() / 1000;
  const started = clock();
  const app = await import('@menusmith/app');
  const registry = await registryFor(options);
  const solve = async (contract: MenuContract) => {
    const file = fileURLToPath(new URL(`example-1-${contract}.yaml`, examples));
    const source = await app.openStudy(file, registry, { set: ['solver.supply=numeric'] });
    const { study } = source;
    return { source, study, solution: app.solveStudy(study, { clock }) };
  };
  const allocations = await solve('allocations');
  const packages = await solve('packages');
  const solutions = { allocations: allocations.solution, packages: packages.solution };
  output.stdout.write(demoReport(solutions));

  const written = await out.fill(DEMO_FILES, async (write) => {
    const menu = ({ study, solution }: typeof packages): string =>
      app.menuCsv(app.menuTable(study, solution));
    for (const [name, solved] of [
      ['menu-allocations.csv', allocations],
      ['menu-packages.csv', packages],
    ] as const)
      await marking(write, app.provenanceOf(solved.source))(name, menu(solved));
    const scales = Array.from({ length: 41 }, (_, k) => k / 40);
    const figure = () =>
      app.figure1(
        [
          { title: 'Token allocations', boundaries: app.regionBoundaries(solutions.allocations, scales) },
          { title: 'Token packages', boundaries: app.regionBoundaries(solutions.packages, scales) },
        ],
        'w, s uniform on [0, 1], α = β = γ = 1/4, every token costs 1/8, b = 1',
      );
    const both = app.provenanceOf({
      given: [allocations, packages].map(({ source: { file, text } }) => ({ path: file, text })),
      settings: allocations.source.settings,
      registry,
    });
    const picturing = () => [{ name: 'figure-1', specification: figure() }];
    return (await writePictures(marking(write, both), picturing, output.stderr)).code;
  });
  if (written === 0) {
    const files = DEMO_FILES.map((name) => join(options.out, name));
    output.stdout.write(`Written:${['', ...files].join('\n  ')}\n\n`);
  }
  output.stdout.write(`Everything took ${(clock() - started).toFixed(1)} s.\n`);
  const certified = Object.values(solutions).every(({ result }) => result.status === 'optimal');
  return written || (certified && worstError(solutions) <= tolerance ? 0 : 3);
};
