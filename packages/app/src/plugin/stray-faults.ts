/*
 * What a plugin's code does wrong outside of its calls: in a timer, or in a promise for which nobody waits. No answer rests on it; it is said once for each plugin.
 */
import { placeIn, thrownText } from './plugin-fault.ts';

/** A module of a plugin that has begun to load. */
interface Module {
  /** As it was given. */
  readonly path: string;
  readonly url: string;
  isAccused: boolean;
}

const modules: Module[] = [];

/** Takes note of a module before it is executed. */
export const noteModule = (path: string, url: string): void => {
  if (!modules.some((known) => known.path === path)) modules.push({ path, url, isAccused: false });
};

/**
 * What is said of something thrown outside of all calls: `mine.mjs: the plugin failed outside of its calls: no luck (mine.mjs:3:9)`. Empty where its plugin is
 * named already, undefined where there is no plugin whose it could be.
 */
export const strayFault = (thrown: unknown): string | undefined => {
  const place = placeOf(thrown);
  const origin = modules.find(({ url }) => place?.startsWith(`${url}:`));
  const suspects = origin === undefined ? modules : [origin];
  if (suspects.length === 0) return undefined;
  if (suspects.every(({ isAccused }) => isAccused)) return '';
  for (const suspect of suspects) suspect.isAccused = true;
  const paths = suspects.map(({ path }) => path).join(' or ');
  const at = place === undefined ? '' : ` (${place.slice(place.lastIndexOf('/') + 1)})`;
  return `${paths}: the plugin failed outside of its calls, which leaves the answer as it is: ${thrownText(thrown)}${at}`;
};

const placeOf = (thrown: unknown): string | undefined => {
  try {
    return placeIn(thrown);
  } catch {
    return undefined;
  }
};
