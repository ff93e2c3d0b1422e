import type { Command } from 'commander';
import { collect, positiveNumber } from './argument-values.ts';
import type { ExitCode, Output } from './command-context.ts';

/** Adds a command to the program. Each command's file is loaded when it is asked for: start-up is part of every solve. */
export type AddCommand = (program: Command, output: Output, ended: (code: ExitCode) => void) => void;

export const json = ['--json', 'print JSON and nothing else'] as const;

export const timeLimit = [
  '--time-limit <seconds>',
  'stop after this time with the best result so far',
  positiveNumber,
] as const;

export const setting = [
  '--set <setting>',
  'give a field another value, as production.exponents.input=0.3 (repeatable)',
  collect,
  [] as readonly string[],
] as const;

export const allowFiles = [
  '--allow-files',
  'let the study read files that it names outside of its own folder',
] as const;

export const addCommand = (program: Command, name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .option('--plugin <path>', 'load one more plugin module (repeatable)', collect, []);
