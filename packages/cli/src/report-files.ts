/** The page of a report, which stands last: where it is, all of the report is. */
export const REPORT_PAGE = 'report.html';

/** What `solve --out` writes beside pictures. */
export const REPORT_FILES = ['result.json', 'menu.csv', 'table.tex', REPORT_PAGE] as const;

/** What a picture is written as. */
export const pictureFiles = (name: string) => [`${name}.svg`, `${name}.png`] as const;

/** The files of the pictures on a page that `solve --out` has written; none for a page of somebody else's. */
export const picturesOn = (page: string): readonly string[] =>
  page.includes('<meta name="generator" content="menusmith ')
    ? [...page.matchAll(/<figure id="([a-z0-9-]+)">/g)].flatMap(([, name]) => pictureFiles(name!))
    : [];
