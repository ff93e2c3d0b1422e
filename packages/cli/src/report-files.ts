/** The page of a report, which stands last: where it is, all of the report is. */
export const REPORT_PAGE = 'report.html';

/** What `solve --out` writes beside pictures. */
export const REPORT_FILES = ['result.json', 'menu.csv', 'table.tex', REPORT_PAGE] as const;

/** What a picture is written as. */
export const pictureFiles = (name: string) => [`${name}.svg`, `${name}.png`, `${name}.pdf`] as const;

/** What `sensitivity --out` writes: the numbers, and the tornado chart. */
export const SENSITIVITY_FILES = ['sensitivity.json', 'sensitivity.csv', ...pictureFiles('tornado')] as const;

/** What `calibrate --out` writes beside studies of further models. */
export const CALIBRATION_FILES = [
  'study.yaml',
  'today.json',
  'customers.csv',
  'fit.json',
  'draws.json',
  'fit.html',
] as const;

/** What `evaluate --out` writes: the numbers, the plans, the customers one by one, and a page for the person who decides. */
export const EVALUATION_FILES = ['evaluation.json', 'plans.csv', 'migration.csv', 'decision.html'] as const;

/** What `demo --out` writes. */
export const DEMO_FILES = ['menu-allocations.csv', 'menu-packages.csv', ...pictureFiles('figure-1')] as const;

/**
 * Names of files of an earlier run, of which those go that this run does not write: `replaced`, and what else its page shows. Of a report without a page, or with one of
 * somebody else's, nothing is known to be ours.
 */
export const outdatedNames = (replaced: readonly string[], page: string | undefined): readonly string[] => {
  if (!replaced.includes(REPORT_PAGE)) return replaced;
  if (page?.includes('<meta name="generator" content="menusmith ') !== true) return [];
  const shown = [...page.matchAll(/<figure id="([a-z0-9-]+)">/g)];
  return [...replaced, ...shown.flatMap(([, name]) => pictureFiles(name!))];
};
