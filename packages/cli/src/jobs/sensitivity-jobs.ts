import type { FileAccess, HeldMenu, ParameterSensitivity, SensitivityOptions } from '@menusmith/app';
import { registryFor } from '../command-context.ts';
import type { JobKind } from './job.ts';

/** What the parameters of an analysis have in common. */
export interface SensitivityContext extends FileAccess {
  readonly text: string;
  readonly file: string;
  readonly plugin: readonly string[];
  readonly options: Omit<SensitivityOptions, 'clock'>;
  readonly held: HeldMenu;
}

/** A job is the number of a parameter. */
export const sensitivityJobs: JobKind<SensitivityContext, number, ParameterSensitivity> = {
  async prepare({ text, file, plugin, options, held, ...access }) {
    const app = await import('@menusmith/app');
    const registry = await registryFor({ plugin });
    const source = { text, file, registry, ...app.filesBeside(file, access) };
    await app.prepareStudy(app.studyFromText(text, source));
    const analysis = app.openSensitivity(source, options);
    return (parameter) => app.locating(source, () => analysis.moved(held, parameter));
  },
};
