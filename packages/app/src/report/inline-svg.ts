import { escapeHtml } from './escape-html.ts';

/**
 * An SVG file as part of an HTML page: named for readers who do not see it, and with ids of its own. Within HTML it needs no namespaces.
 */
export const inlineSvg = (svg: string, name: string, title: string): string =>
  svg
    .replace(/^[\s\S]*?<svg\b/, '<svg')
    .replace(/^<svg\b[^>]*>/, (tag) =>
      tag
        .replace(/\s(?:xmlns(?::\w+)?|version|class)="[^"]*"/g, '')
        .replace('<svg', `<svg role="img" aria-label="${escapeHtml(title)}"`),
    )
    .replace(/\bid="([^"]+)"/g, `id="${name}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
    .replace(/\b(?:xlink:)?href="#([^"]+)"/g, `href="#${name}-$1"`);
