import { escapeHtml } from './escape-html.ts';

/**
 * An SVG file as part of an HTML page: named as a whole for readers who do not see it, and with ids of its own. Within HTML it needs no namespaces,
 * and of single marks Vega says less than the title does.
 */
export const inlineSvg = (svg: string, name: string, title: string): string =>
  svg
    .replace(/^[\s\S]*?(?=<svg\b)/, '')
    .replace(/<[^>]*>/g, (tag) =>
      tag
        .replace(/\s(?:xmlns(?::\w+)?|version|role|aria-roledescription|aria-label)="[^"]*"/g, '')
        .replace(/\sid="([^"]+)"/g, ` id="${name}-$1"`)
        .replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
        .replace(/\s(?:xlink:)?href="#([^"]+)"/g, ` href="#${name}-$1"`),
    )
    .replace(/^<svg\b(?: class="marks")?/, `<svg role="img" aria-label="${escapeHtml(title)}"`);
