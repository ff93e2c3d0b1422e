import { InputError } from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { readCsvText } from '../study/files-beside.ts';
import { LocatedInputError } from '../study/located-input-error.ts';
import { openStudy } from '../study/read-study.ts';
import type { Study } from '../study/study.ts';
import { quotedPrice } from '../study/units.ts';
import { tokenNamed } from './price-columns.ts';
import { type GivenCosts, givenCosts } from './price-list.ts';

/** Costs from a CSV file, or those of a study's inputs, and the text that has them. */
export const readCosts = async (
  path: string,
  registry: Registry,
): Promise<{ readonly costs: GivenCosts; readonly text: string }> => {
  if (/\.(?:ya?ml|json)$/i.test(path)) {
    const { study, text } = await openStudy(path, registry);
    return { costs: studyCosts(study, path), text };
  }
  const text = readCsvText(path);
  return { costs: givenCosts(text, path), text };
};

/** The costs of a study's inputs, as prices are quoted in its units; of several models each by its name. */
export const studyCosts = ({ technology, units }: Study, file: string): GivenCosts => {
  if (technology.kind === 'cost') {
    const message = 'expected a study with inputs, which have costs; got one whose cost is given outright';
    throw new LocatedInputError(new InputError('no-inputs', message, ['cost']), file);
  }
  const made = technology.kind === 'models' ? technology.models : [technology];
  return {
    file,
    rows: made.map((model) => ({
      ...('name' in model ? { model: model.name } : {}),
      costs: Object.fromEntries(
        model.inputs.map(({ name, cost }) => [tokenNamed(name), quotedPrice(units, name, cost)]),
      ),
    })),
  };
};
