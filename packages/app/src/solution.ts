import type { EfficientSupply, ScaleMenu } from '@menusmith/core';
import type { ProvedMenu } from './proof/proved-menu.ts';
import type { Coordinates, Result, TypeResult } from './result.ts';
import type { Study } from './study/study.ts';

/** A solved study: the result, and quotes for any buyer. */
export interface Solution {
  readonly result: Result;
  /** What the buyer with these coordinates gets and pays. */
  quote(buyer: Coordinates): TypeResult;
  /** Of listed buyers: what a proof is made of. */
  readonly proved?: ProvedMenu;
  /** With capacity: the study at costs c + ρ, without it. Its best menu is this one, and at its costs are prices and markups made. */
  readonly priced?: Study;
  /** The study on the grid of which its menu is, where it names none and the solver refined its own. */
  readonly onGrid?: Study;
  /** Of continuous buyers who are not solved on a grid. */
  readonly continuous?: ContinuousMenu;
}

/** The menus of continuous buyers, one a scale or one of all: a curve is one sweep of quadrature, many times faster than a quote a point. */
export interface ContinuousMenu {
  /** What a menu is in: the values of one scale, or the one number that stands for a buyer. */
  readonly axis: 'value' | 'type';
  readonly from: number;
  readonly to: number;
  readonly supply: EfficientSupply;
  /** Of the one number at scale 1. */
  menuAt(scale: number): Pick<ScaleMenu, 'pieces' | 'cutoff' | 'fineTuningCutoff' | 'schedule'>;
  /** φ, before ironing. */
  virtualValue(type: number): number;
  /** Types at which φ or φ̄ turns or jumps: ends of pools, breaks of the density. */
  readonly breakpoints: readonly number[];
}

/** Whether there is a menu to quote from: there is none where a distribution contradicts itself. */
export const hasMenu = ({ result }: Solution): boolean =>
  result.certificate.doubts === undefined || result.welfare !== null;

/** The study of which the menu is the best one: the study itself, with capacity the one at costs c + ρ, and where the solver refined a grid the one on that. */
export const menuStudy = (study: Study, { priced, onGrid }: Solution): Study => priced ?? onGrid ?? study;
