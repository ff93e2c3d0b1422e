import type { Input } from '@menusmith/core';

/** What an input is called among those of all models: `model.input`. */
export const inputName = ({ name, model }: Input): string =>
  model === undefined ? name : `${model}.${name}`;
