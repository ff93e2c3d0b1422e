import type { ArchivedStudy } from './archived-study.ts';

/** A solve of the archive, as its script repeats it. */
export interface ArchivedRun {
  /** Of the study, and of the folder of its results. */
  readonly name: string;
  /** The study's own name. */
  readonly title: string;
  /** Arguments of the program, without --out. */
  readonly command: readonly string[];
  readonly status: string;
  /** Files in results/NAME. */
  readonly results: readonly string[];
}

/** What the run that made the archive took, and on what. */
interface Measured {
  readonly seconds: number;
  /** The most that the process held. */
  readonly megabytes: number;
  /** Of all files of the archive. */
  readonly storage: number;
  readonly machine: string;
}

export interface ReadmeContent {
  readonly version: string;
  readonly node: string;
  readonly studies: readonly ArchivedStudy[];
  readonly plugins: readonly string[];
  readonly runs: readonly ArchivedRun[];
  readonly measured: Measured;
}

/**
 * README.md in the form of the "Template README for social science data replication packages" (social-science-data-editors.github.io), as the data editors of economics journals ask for. What the
 * program cannot know is left to the author, in square brackets.
 */
export const archiveReadme = (content: ReadmeContent): string =>
  [
    overview(content),
    dataAvailability(content),
    requirements(content),
    programs(content),
    instructions(),
    outputs(content),
    references(content),
  ].join('\n\n');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;

const plain = (text: string): string => text.replace(/([\\|*_`<>[\]])/g, '\\$1').replace(/\s+/g, ' ');

const overview = ({ runs, version }: ReadmeContent): string => `# Replication package

[Title and authors of the paper, to be filled in.]

## Overview

The programs in this package solve ${runs.length === 1 ? 'one study' : `${runs.length} studies`} with Menusmith ${version} and compare what comes out with the results in
\`results\`, byte by byte. One command, \`node run.js\`, runs everything.`;

const dataAvailability = ({ studies }: ReadmeContent): string => {
  const data = studies.flatMap(({ files, name }) =>
    files.filter(({ was }) => was !== undefined).map((file) => [code(file.path), name]),
  );
  const words =
    data.length === 0
      ? 'This package uses no data: every number stands in the study files.'
      : `The files below are read by the studies. [Source, date of access, and terms of use of each, to be filled in.]

${table(
  ['Data file', 'Study', 'Source', 'Provided'],
  data.map(([path, study]) => [path!, study!, '[to be filled in]', 'yes']),
)}`;
  return `## Data Availability and Provenance Statements

${words}

### Statement about Rights

- [ ] I certify that the author(s) of the manuscript have legitimate access to and permission to use the data used in this manuscript.
- [ ] I certify that the author(s) of the manuscript have documented permission to redistribute/publish the data contained within this replication package.

### Summary of Availability

- [${data.length === 0 ? 'x' : ' '}] All data **are** publicly available.
- [ ] Some data **cannot be made** publicly available.
- [ ] **No data can be made** publicly available.`;
};

const requirements = ({
  version,
  node,
  plugins,
  measured,
}: ReadmeContent): string => `## Computational requirements

### Software Requirements

- Node.js ${node.replace(/^v/, '')} (20.19 or later works; under another version last digits may differ)
- Menusmith ${version}; \`npm install\` installs it, and what it loads, in the versions of \`package-lock.json\`
${plugins.length === 0 ? '' : `- plugins of Menusmith, in this package: ${plugins.map(code).join(', ')}\n`}
### Controlled Randomness

- [x] No Pseudo random generator is used in the analysis described here.

### Memory, Runtime, Storage Requirements

| | measured when this package was made |
| --- | --- |
| time for all studies | ${duration(measured.seconds)} |
| memory, at most | ${Math.ceil(measured.megabytes / 10) * 10} MB |
| storage | ${size(measured.storage)} |
| machine | ${measured.machine} |`;

const duration = (seconds: number): string =>
  seconds < 60 ? `${Math.max(1, Math.ceil(seconds))} seconds` : `${Math.ceil(seconds / 60)} minutes`;

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

const programs = ({ studies, plugins }: ReadmeContent): string => `## Description of programs/code

${table(
  ['File', 'What it is'],
  [
    ...studies.map(({ path, name }) => [code(path), `the study ${name}, which says what is solved`]),
    ...plugins.map((path) => [code(path), 'a plugin, which studies name']),
    [code('run.js'), 'makes all results again and compares them'],
    [code('archive.json'), 'what `run.js` runs, and by what the results were made'],
    [code('package.json'), 'the program and its version'],
    [code('package-lock.json'), 'that, and the versions of what it loads'],
    [code('SHA256SUMS'), 'SHA-256 of every other file: `sha256sum -c SHA256SUMS`'],
  ],
)}

### License for Code

[To be filled in.] Menusmith is under the MIT licence.`;

const instructions = (): string => `## Instructions to Replicators

1. Install Node.js.
2. In this folder run \`npm install\`, once.
3. Run \`node run.js\`. It makes the results again in the folder \`again\`, and ends with exit code 0 where they are the same.

Fields called \`seconds\` hold times, and are left out of the comparison. Every result says by what it was made in \`provenance\`.`;

const outputs = ({ runs }: ReadmeContent): string => `## List of tables and programs

The provided code reproduces all files in \`results\`. [Which of them is which table or figure of the paper, to be filled in.]
Every picture is there as SVG, which the table names, as PNG and as PDF.

${table(
  ['Figure/Table #', 'Program', 'Study', 'Output file'],
  runs.flatMap(({ name, title, results }) =>
    withoutCopies(results).map((file) => [
      '[#]',
      code('run.js'),
      plain(title),
      code(`results/${name}/${file}`),
    ]),
  ),
)}

${table(
  ['Study', 'Command', 'Status of the result'],
  runs.map(({ title, command, status, name }) => [
    plain(title),
    code(['menusmith', ...command, '--out', `again/${name}`].join(' ')),
    status,
  ]),
)}`;

/** Without pictures that are there as SVG too. */
const withoutCopies = (files: readonly string[]): readonly string[] =>
  files.filter((file) => !/\.(?:png|pdf)$/.test(file) || !files.includes(file.replace(/\w+$/, 'svg')));

const references = ({ version }: ReadmeContent): string => `## References

Menusmith contributors (2026). Menusmith, version ${version}. Computer software.

Bergemann, Dirk, Alessandro Bonatti, and Alex Smolin (2025). "The Economics of Large Language Models: Token Allocation,
Fine-Tuning, and Optimal Pricing." Cowles Foundation Discussion Paper No. 2425.

[Sources of the data, to be filled in.]
`;
