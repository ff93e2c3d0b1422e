import type { Coordinates, FewTiers, MadeFrom, Result, Units } from '@menusmith/app/browser';
import type { FieldPath, Parameter } from '@menusmith/core';
import type { TopLevelSpec } from 'vega-lite';

/** An entry of the registry as the page needs it: plain data, without its constructor. */
export interface EntryDeclaration {
  readonly name: string;
  readonly doc: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Parameters with which the entry is known to work; none for entries whose examples are not plain data. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

export interface Declarations {
  readonly productionFunctions: readonly EntryDeclaration[];
  readonly distributions: readonly EntryDeclaration[];
  readonly copulas: readonly EntryDeclaration[];
  readonly costFunctions: readonly EntryDeclaration[];
}

export type DeclaredKind = keyof Declarations;

/** CSV files that a study names, by name. */
export type Files = Readonly<Record<string, string>>;

/** What the page asks of the worker. `serial` names a solve, `id` any other question. */
export type Request =
  /** Comes first: modules with further plugins, by address. */
  | { readonly kind: 'start'; readonly plugins: readonly string[] }
  | { readonly kind: 'solve'; readonly serial: number; readonly text: string; readonly files: Files }
  /** End soon, with the best that is certified so far. */
  | { readonly kind: 'stop'; readonly serial: number }
  /** The answer is not wanted any more. */
  | { readonly kind: 'abandon'; readonly serial: number }
  /** Which pictures are in sight: the others can wait. */
  | { readonly kind: 'sight'; readonly names: readonly string[] }
  | { readonly kind: 'quote'; readonly id: number; readonly buyer: Coordinates }
  | { readonly kind: 'table'; readonly id: number; readonly format: TableFormat }
  | { readonly kind: 'tiers'; readonly id: number; readonly count: number }
  | { readonly kind: 'sales'; readonly id: number; readonly transfers: readonly number[] };

export type Reply =
  | { readonly kind: 'ready'; readonly declarations: Declarations }
  /** What the worker begins, in case that it does not come back: `the solve`. */
  | { readonly kind: 'at'; readonly work: string }
  | { readonly kind: 'progress'; readonly serial: number; readonly progress: Progress }
  /** With the pictures in sight where they were made so quickly that the numbers could wait for them. */
  | {
      readonly kind: 'solved';
      readonly serial: number;
      readonly solved: SolvedStudy;
      readonly pictures?: SomePictures;
    }
  /** After `solved`: the same with how buyers choose among two-part tariffs, which takes longer. */
  | { readonly kind: 'completed'; readonly serial: number; readonly solved: SolvedStudy }
  /** Those in sight first. */
  | { readonly kind: 'pictures'; readonly serial: number; readonly pictures: SomePictures }
  /** Left off, as it was not wanted any more. */
  | { readonly kind: 'dropped'; readonly serial: number }
  | { readonly kind: 'failed'; readonly serial: number; readonly failure: Failure }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown };

/** The menu buyer by buyer, or the headline numbers with as much of it as a page of a paper holds. */
export type TableFormat = 'csv' | 'latex';

/** Where a finite solve stands. */
export interface Progress {
  readonly iterations: number;
  readonly gap: number;
}

export interface SolvedStudy {
  /** In the study's own units. */
  readonly result: Result;
  /** From what files that are saved say they were made. */
  readonly madeFrom: MadeFrom;
  /** In which people read it. */
  readonly units?: Units;
  /** Names of its inputs that serve all tasks of a buyer at once. */
  readonly shared: readonly string[];
  /** The ends of the types that can be asked for a quote; absent where the buyers are a list. */
  readonly ranges?: { readonly value: Range; readonly scale?: Range };
  /** Without it, how buyers choose among two-part tariffs is still being simulated. */
  readonly isWhole: boolean;
  readonly isStopped: boolean;
  /** Time in the worker, in milliseconds: from text to result. */
  readonly milliseconds: number;
}

type Range = readonly [from: number, to: number];

/** Some of the pictures of a study. */
export interface SomePictures {
  readonly some: readonly ShownPicture[];
  /** Of all that the study has, in order. */
  readonly names: readonly string[];
}

/** A picture on its way to the page; `layout` is alike for pictures that differ in their data alone. */
export interface ShownPicture {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly layout: string;
  readonly specification: TopLevelSpec;
}

/** Why there is no result, and where in the study's text. */
export interface Failure {
  readonly message: string;
  readonly field: FieldPath;
  readonly line?: number;
  readonly column?: number;
  /** A fault of ours, and not of the study. */
  readonly isOurs: boolean;
}

/** A menu of few tiers; a sentence where there is none for these buyers. */
export type TiersAnswer =
  | (Omit<Exclude<FewTiers, { complaint: string }>, 'study'> & {
      /** The types along which the tiers lie; absent where buyers differ in more than one number. */
      readonly range?: Range;
    })
  | { readonly complaint: string };
