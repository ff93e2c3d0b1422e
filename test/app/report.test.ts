import {
  createRegistry,
  fewTiers,
  latexTable,
  menuTable,
  parseStudy,
  renderSvg,
  reportPage,
  solveStudy,
  standardPlugin,
  studyPictures,
} from '@menusmith/app';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);

const hostile = `<script>alert("1")</script> & 'x' \\input{y} $z$ 100% #_^~ 菜单 Žofía łań`;
const types = [
  `{ name: ${JSON.stringify(hostile)}, value: 1, mass: 2 }`,
  '{ name: "</svg></style>", value: 2, mass: 1 }',
];
const text = (name: string) =>
  `name: ${JSON.stringify(name)}\ncost: { use: quadratic }\nbuyers: { kind: representative, types: [${types.join(', ')}] }\n`;

const report = async (study: string, tiers = 0) => {
  const parsed = parseStudy(study, { file: 'study.yaml', registry });
  const solution = solveStudy(parsed);
  const menu = menuTable(parsed, solution);
  const pictures = [];
  const few = tiers > 0 ? fewTiers(parsed, tiers) : undefined;
  const items = few !== undefined && 'menu' in few ? few.menu.tiers : [];
  for (const picture of studyPictures(parsed, solution, items))
    pictures.push({ picture, svg: await renderSvg(picture.specification) });
  const origin = {
    program: 'menusmith 0.1.0',
    command: `menusmith solve '<a&b>.yaml'`,
    file: '<a&b>.yaml',
    text: study,
  };
  return {
    page: reportPage({
      study: parsed,
      result: solution.result,
      menu,
      pictures,
      origin,
      ...(few && { tiers: few }),
    }),
    table: latexTable(solution.result, menu),
    result: solution.result,
  };
};
const made = report(text(hostile));

/** Every element that is opened is closed, in order: what XML asks for. */
const unbalanced = (page: string): string[] => {
  const open: string[] = [];
  const faults: string[] = [];
  const body = page.replace(/^<!DOCTYPE html>/, '').replace(/<style>[\s\S]*?<\/style>/g, '');
  for (const [tag, closing, name, , selfClosing] of body.matchAll(
    /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<[^>]*>?/g,
  )) {
    if (name === undefined) faults.push(tag);
    else if (closing) {
      if (open.pop() !== name) faults.push(tag);
    } else if (!selfClosing) open.push(name);
  }
  return [...faults, ...open];
};

describe('a report', () => {
  it('holds names as text, whatever is in them', async () => {
    const { page } = await made;
    expect(page).not.toMatch(/<script/i);
    expect(page).toContain('<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;');
    expect(page).toContain('<code>&lt;a&amp;b&gt;.yaml</code>');
  });

  it('is well-formed, even with hostile names in its pictures', async () => {
    expect(unbalanced((await made).page)).toEqual([]);
  });

  it('asks nothing of the network: no address, no script, no style sheet or picture from elsewhere', async () => {
    const { page } = await made;
    const markup = page.replace(/>[^<]*</g, '><');
    expect(markup).not.toMatch(/https?:|\/\/\w/);
    expect(markup).not.toMatch(/<(?:script|link|iframe|object|embed|img|image)\b|@import|url\((?!#)/);
    const links = [...page.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, address]) => address!);
    expect(
      links.filter((address) => !/^(?:[a-z-]+\.(?:svg|pdf|png|csv|json|tex)|#[\w-]+)$/.test(address)),
    ).toEqual([]);
  });

  it('has a language, a title, one h1, headings in order, and tables with headers', async () => {
    const { page } = await made;
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(page).toMatch(/<title>[^<]+<\/title>/);
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.slice(1).every((level) => level === 2)).toBe(true);
    for (const [table] of page.matchAll(/<table[\s\S]*?<\/table>/g)) {
      expect(table).toContain('<caption>');
      expect(table).toContain('<th scope="col">');
      expect(table).toContain('<th scope="row">');
    }
    for (const [svg] of page.matchAll(/<svg\b[^>]*>/g)) expect(svg).toMatch(/role="img" aria-label="[^"]+"/);
  });

  it('has ids of its own for every picture', async () => {
    const ids = [...(await made).page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(5);
  });

  it('says the numbers, what they prove, and how to make them again', async () => {
    const { page } = await made;
    expect(page).toContain('<dt>Profit</dt><dd>0.75</dd>');
    expect(page).toContain('certified optimal');
    expect(page).toContain('No menu of any kind can earn more than 0.75');
    expect(page).toContain('menusmith 0.1.0');
    expect(page).toContain('buyers: { kind: representative, types: [');
    expect(page).not.toMatch(/NaN|undefined|\[object/);
  });

  it('says in words which condition fails, and where', async () => {
    const { page } = await report(
      'name: falls\ncost: { use: quadratic }\nbuyers: { kind: representative, types: [{ value: 10, mass: 5 }, { value: 11, mass: 0.5 }, { value: 12, mass: 2 }] }\n',
    );
    expect(page).toContain(
      '<th scope="row">✗ does not hold</th><td>Increasing virtual value</td><td>The virtual value falls',
    );
    expect(page).toContain('<td>value 11</td>');
  });

  it('has a table of the small menu that was asked for, and its items on the tariff', async () => {
    const { page } = await report(
      'name: three\ncost: { use: quadratic }\nbuyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }\n',
      2,
    );
    expect(page).toMatch(/<p>The best menu of 2 items earns 0\.08, 96 % of what the full menu earns/);
    const [, items = ''] = /The items, from the cheapest[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/.exec(page) ?? [];
    expect([...items.matchAll(/<th scope="row">(\d)<\/th>/g)].map(([, k]) => k)).toEqual(['1', '2']);
    expect(items).toContain('<td>value 0.6 to 0.8</td>');
    const [tariff = ''] = /<figure id="tariff">[\s\S]*?<\/figure>/.exec(page) ?? [];
    expect(tariff).toContain('The numbered dots are the 2 items of a small menu.');
    expect(tariff).toMatch(/>1<\/text>/);
    expect(unbalanced(page)).toEqual([]);
  });

  it('prints tables whole: the more columns, the smaller they are set', async () => {
    const { page } = await made;
    const counts = [...page.matchAll(/<table [^>]*--columns: (\d+)">[\s\S]*?<thead><tr>([\s\S]*?)<\/tr>/g)];
    expect(counts.length).toBeGreaterThan(1);
    for (const [, count, head] of counts)
      expect([...head!.matchAll(/<t[hd][ >]/g)]).toHaveLength(Number(count));
    expect(page).toMatch(/@media print \{[\s\S]*84pt \/ var\(--columns\)/);
  });

  it('has a table for a paper that fits a page: longer menus are set smaller', async () => {
    const listed = async (count: number): Promise<string> => {
      const types = Array.from({ length: count }, (_, n) => `{ value: ${n + 1}, mass: 1 }`).join(', ');
      const buyers = `buyers: { kind: representative, types: [${types}] }`;
      return (await report(`name: many\ncost: { use: quadratic }\n${buyers}\n`)).table;
    };
    expect(await listed(20)).toContain('\\centering\\small');
    const long = await listed(80);
    expect(long).toContain('\\centering\\footnotesize');
    expect(long).toContain('The menu: 36 of 80 buyers.');
  });

  it('says why where there is no small menu', async () => {
    const { page } = await report(
      'name: one\ncost: { use: quadratic }\nbuyers: { kind: representative, types: [{ value: 1, mass: 1 }] }\n',
      3,
    );
    expect(page).toContain('There is one type of buyer only');
  });

  it('of a study that serves nobody is whole', async () => {
    const { page, table } = await report(
      'name: nobody\ncost: { use: linear, rate: 5, max: 1 }\nbuyers: { kind: representative, types: [{ value: 1, mass: 1 }] }\n',
    );
    expect(page).toContain('<dt>Buyers excluded</dt><dd>100 %</dd>');
    expect(page + table).not.toMatch(/NaN|undefined/);
    expect(unbalanced(page)).toEqual([]);
  });
});

describe('the table for LaTeX', () => {
  it('has the result’s numbers', async () => {
    const { table, result } = await made;
    const number = (label: string) => Number(new RegExp(`${label} & \\$(-?[\\d.]+)\\$`).exec(table)?.[1]);
    expect(number('Profit')).toBeCloseTo(result.profit!, 6);
    expect(number('Revenue')).toBeCloseTo(result.revenue!, 6);
    expect(number('Efficient welfare')).toBeCloseTo(result.efficientWelfare!, 6);
    const rows = [...table.matchAll(/^ {4}.*\$ \\\\$/gm)].map(([row]) => row).slice(-2);
    result.types.forEach(({ quality, transfer }, k) => {
      expect(rows[k]).toContain(
        `$${Number(quality.toPrecision(6))}$ & $${Number(transfer!.toPrecision(6))}$`,
      );
    });
  });

  it('escapes what LaTeX would read as commands', async () => {
    const { table } = await made;
    expect(table).toContain(
      `\\textless{}script\\textgreater{}alert(''1'')\\textless{}/script\\textgreater{} \\& 'x' ` +
        `\\textbackslash{}input\\{y\\} \\$z\\$ 100\\% \\#\\_\\textasciicircum{}\\textasciitilde{} \\menusmithUnicode{菜}\\menusmithUnicode{单} \\v{Z}of\\'{i}a \\l{}a\\'{n}`,
    );
  });

  it('opens and closes its groups and environments, with rules of booktabs', async () => {
    const { table } = await made;
    const bare = table.replaceAll(/\\[{}\\]/g, '');
    expect([...bare.matchAll(/\{/g)].length).toBe([...bare.matchAll(/\}/g)].length);
    const begun = [...table.matchAll(/\\begin\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect([...table.matchAll(/\\end\{(\w+)\}/g)].map(([, name]) => name).sort()).toEqual(begun);
    expect([...table.matchAll(/\\toprule/g)].length).toBe([...table.matchAll(/\\bottomrule/g)].length);
    for (const [, columns, body] of table.matchAll(
      /\\begin\{tabular\}\{(\w+)\}([\s\S]*?)\\end\{tabular\}/g,
    )) {
      for (const line of body!.split('\n').filter((each) => each.endsWith('\\\\')))
        expect(line.replaceAll('\\&', '').split('&')).toHaveLength(columns!.length);
    }
  });
});
