import { isDeepStrictEqual } from 'node:util';
import { InputError, type Plan } from '@menusmith/core';
import { band, LEVEL } from '../calibration/bootstrap/band.ts';
import type { DrawnFit, DrawsDocument } from '../calibration/bootstrap/draws-document.ts';
import type { Registry } from '../registry.ts';
import { filesBeside } from '../study/files-beside.ts';
import type { StudyFile } from '../study/read-study.ts';
import { studyFromText } from '../study/study-from-text.ts';
import type { StudyData } from '../study/study-schema.ts';
import { withSettings } from '../study/study-settings.ts';
import { studySource } from '../study/study-source.ts';
import { isMap } from './menu-file.ts';
import { openJson } from './open-json.ts';
import { planMarket } from './plan-market.ts';

/** Where a change of profit is in nine of ten draws of other customers. */
export interface ChangeBand {
  /** Share of the draws that the band holds. */
  readonly level: number;
  /** Of these it is; fewer than asked for where some failed, or time ended. */
  readonly draws: number;
  /** How many draws were asked for. */
  readonly asked: number;
  /** Its lower end. */
  readonly low: BandEnd;
  /** Its upper end. */
  readonly high: BandEnd;
  /** Share of the draws in which profit rises. */
  readonly gains: number;
  /** Of today's profit, what tariffs that are best for a draw promise more than they bring from customers who were not drawn; null where it is not known. */
  readonly optimism: number | null;
}

/** An end of a band. */
interface BandEnd {
  /** The change of profit. */
  readonly profit: number;
  /** Of the other menu's profit; null where that earns nothing. */
  readonly relative: number | null;
}

/** Draws of customers, and the study whose demand and buyers they stand in for. Plain data. */
export interface StudyDraws {
  /** The study as JSON, its settings made. */
  readonly text: string;
  readonly file: string;
  readonly allowFiles: boolean;
  readonly fits: readonly DrawnFit[];
  readonly optimism: number | null;
}

/**
 * The draws in a text of draws.json; undefined where they are of another fit than the study's, whose production and buyers must be those that `calibrate` has written. Throws InputError with file and field.
 */
export const studyDraws = (
  drawsText: string,
  drawsFile: string,
  { text, file, settings }: Pick<StudyFile, 'text' | 'file' | 'settings'>,
  { allowFiles = false }: { readonly allowFiles?: boolean | undefined } = {},
): StudyDraws | undefined => {
  const { data, locating } = openJson(drawsText, drawsFile, 'draws as calibrate --bootstrap writes them');
  const document = locating(() => readDraws(data));
  const study = withSettings(studySource(text, file).data, settings) as StudyData;
  const { production, buyers } = study as { readonly production?: unknown; readonly buyers?: unknown };
  if (!isDeepStrictEqual(document.fit, { production, buyers })) return undefined;
  return { text: JSON.stringify(study), file, allowFiles, fits: document.draws, optimism: document.optimism };
};

const readDraws = (data: unknown): DrawsDocument => {
  const fail = (what: string, ...field: (string | number)[]): InputError =>
    new InputError('draws', `expected ${what}, as calibrate --bootstrap writes them in draws.json`, field);
  if (!isMap(data) || !Array.isArray(data.draws) || data.draws.length === 0) throw fail('draws');
  if (!isMap(data.fit)) throw fail('the fit that draws are of', 'fit');
  data.draws.forEach((draw: unknown, k) => {
    if (!isMap(draw) || !isMap(draw.exponents) || !isMap(draw.type))
      throw fail('exponents and the distribution of types of each draw', 'draws', k);
  });
  const { optimism = null } = data;
  if (optimism !== null && typeof optimism !== 'number') throw fail('a number or null', 'optimism');
  return { ...(data as unknown as DrawsDocument), optimism };
};

/** Profits of two menus in one draw; null where the draw has no answer. */
export interface DrawnProfits {
  readonly now: number;
  readonly before: number;
}

/** What two menus earn from the buyers of a draw, by its number; all else is as in the study. */
export const drawnProfits = (
  { text, file, allowFiles, fits }: StudyDraws,
  { menu, against }: { readonly menu: readonly Plan[]; readonly against: readonly Plan[] },
  registry: Registry,
): ((draw: number) => DrawnProfits | null) => {
  const data = JSON.parse(text) as { readonly production: object };
  const surroundings = { file, registry, ...filesBeside(file, { allowFiles }) };
  return (draw) => {
    const { exponents, type } = fits[draw]!;
    const drawn = {
      ...data,
      production: { ...data.production, exponents },
      buyers: { kind: 'representative', type },
    };
    try {
      const market = planMarket(studyFromText(JSON.stringify(drawn), surroundings));
      const [now, before] = [market.sales(menu).profit, market.sales(against).profit];
      return Number.isFinite(now) && Number.isFinite(before) ? { now, before } : null;
    } catch (error) {
      // Terms of the study may not go with every draw.
      if (!(error instanceof InputError)) throw error;
      return null;
    }
  };
};

/** The band of what draws say; undefined where none has an answer. */
export const changeBand = (
  made: readonly (DrawnProfits | null)[],
  { fits, optimism }: Pick<StudyDraws, 'fits' | 'optimism'>,
): ChangeBand | undefined => {
  const draws = made.filter((draw) => draw !== null);
  if (draws.length === 0) return undefined;
  const profit = band(draws.map(({ now, before }) => now - before));
  const isRelative = draws.every(({ before }) => before > 0);
  const relative = isRelative ? band(draws.map(({ now, before }) => now / before - 1)) : [null, null];
  const end = (k: 0 | 1): BandEnd => ({ profit: profit[k], relative: relative[k]! });
  return {
    level: LEVEL,
    draws: draws.length,
    asked: fits.length,
    low: end(0),
    high: end(1),
    gains: draws.filter(({ now, before }) => now > before).length / draws.length,
    optimism,
  };
};
