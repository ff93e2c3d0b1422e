import { InputError } from '@menusmith/core';
import { describeValue } from '../study/describe-value.ts';
import { isMap, type Menu, readMenu } from './menu-file.ts';
import { type OpenJson, openJson } from './open-json.ts';

/** A menu that knows the places of its fields. */
export interface OpenMenu extends Pick<OpenJson, 'locating'> {
  readonly menu: Menu;
}

/** The menu in a text of JSON, on its own; throws InputError with file, line and column. */
export const openMenu = (text: string, file: string): OpenMenu => {
  const { data, locating } = openJson(text, file, 'a menu, { "plans": [ … ] }');
  const menu = locating(() => {
    if (isMap(data)) return readMenu(data);
    throw new InputError('menu', `expected a menu, { "plans": [ … ] }, got ${describeValue(data)}`);
  });
  return { menu, locating };
};
