import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRegistry, parseStudy, readStudy, type Study, standardPlugin } from '@menusmith/app';

/** A benchmark case: the text of a study file. */
export interface Case {
  readonly name: string;
  /** The study file, or the name that it has where a module makes it. */
  readonly file: string;
  readonly text: string;
  readonly study: Study;
  /** What is known of its profit from elsewhere. */
  readonly profit?: number;
  /** Of a family that grows: what it grows in. */
  readonly size?: number;
}

/** What a module of cases/ exports by default: studies too long to be written down, as the files would be. */
export interface FamilyMember {
  readonly name: string;
  readonly study: object;
  readonly profit?: number;
  readonly size?: number;
  /** Left out of quick runs. */
  readonly isLarge?: boolean;
}

const registry = createRegistry([standardPlugin]);

/** The study files in a folder of benchmarks/cases, and the studies that its modules make: a new case is a new file. */
export const readCases = async (
  folder: 'closed-form' | 'finite' | 'growth',
  isWanted: (member: FamilyMember) => boolean = () => true,
): Promise<Case[]> => {
  const directory = join('benchmarks', 'cases', folder);
  const cases: Case[] = [];
  for (const entry of readdirSync(directory).sort()) {
    const path = join(directory, entry);
    if (/\.(yaml|json)$/.test(entry)) {
      const study = await readStudy(path, registry);
      cases.push({ name: study.name, file: path, text: readFileSync(path, 'utf8'), study });
    } else if (entry.endsWith('.js')) {
      const module = (await import(pathToFileURL(path).href)) as { default: readonly FamilyMember[] };
      for (const { name, study, profit, size } of module.default.filter(isWanted)) {
        const text = JSON.stringify({ name, ...study });
        const file = `${path}#${name}${size === undefined ? '' : ` ${size}`}`;
        cases.push({
          name,
          file,
          text,
          study: parseStudy(text, { file, registry }),
          ...(profit === undefined ? {} : { profit }),
          ...(size === undefined ? {} : { size }),
        });
      }
    }
  }
  return cases;
};
