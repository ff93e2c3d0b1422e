// Of a grid of 32 × 32 types: what hidden scales cost the seller, and what the scale-by-scale menu of the paper would, against the correlation of value and scale:
//   node examples/loss-against-correlation.js [DIR]
// solves examples/correlated-allocations.yaml at each correlation, prints the losses, and writes their picture as SVG and PNG.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import {
  createRegistry,
  filesBeside,
  openSweep,
  renderPng,
  renderSvg,
  standardPlugin,
  variedField,
} from '@menusmith/app';

const directory = process.argv[2] ?? 'output';
const file = 'examples/correlated-allocations.yaml';
const compared = ['observableScale', 'optimum', 'scaleByScale.attainedProfit'];
const sweep = openSweep(
  {
    text: await readFile(file, 'utf8'),
    file,
    settings: [],
    varied: [variedField('buyers.dependence.rho=-0.9:0.9:19')],
    columns: [...compared.map((name) => `finite.comparison.${name}`), 'grid.relativeGap'].join(),
  },
  createRegistry([standardPlugin]),
  () => performance.now() / 1000,
  filesBeside(file),
);

console.log('correlation  scales seen   certified optimum    scale by scale');
const rows = [];
for (let k = 0; k < sweep.count; k++) {
  const row = await sweep.row(k);
  const rho = row[0];
  const [observableScale, optimum, scaleByScale, gap] = row.slice(-4);
  const loss = (profit) => 1 - profit / observableScale;
  rows.push({ rho, menu: 'certified optimum', loss: loss(optimum) });
  rows.push({ rho, menu: 'scale-by-scale menu, offered to all', loss: loss(scaleByScale) });
  const share = (profit) => `${(100 * loss(profit)).toFixed(3)} %`.padStart(18);
  const mark = gap <= 1e-8 ? '' : `  gap ${gap}`;
  console.log(
    `${rho.toFixed(1).padStart(11)}${observableScale.toFixed(6).padStart(13)}${share(optimum)}${share(scaleByScale)}${mark}`,
  );
}

const menus = ['certified optimum', 'scale-by-scale menu, offered to all'];
const svg = await renderSvg({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  title: {
    text: 'Profit lost to hidden scales, against dependence',
    subtitle: [
      'Example 1’s technology; values and scales uniform, Gaussian copula;',
      'of a grid of 32 × 32 types',
    ],
    anchor: 'start',
    offset: 12,
  },
  width: 560,
  height: 300,
  data: { values: rows },
  mark: { type: 'line', point: { size: 36 }, strokeWidth: 2 },
  encoding: {
    x: { field: 'rho', type: 'quantitative', title: 'correlation ρ of the copula’s normal scores' },
    y: {
      field: 'loss',
      type: 'quantitative',
      title: 'share of the observable-scale profit',
      axis: { format: '.0%' },
    },
    color: {
      field: 'menu',
      type: 'nominal',
      scale: { domain: menus, range: ['#0072b2', '#d55e00'] },
      legend: { title: null, orient: 'top', labelLimit: 0 },
    },
  },
  config: { font: 'DejaVu Sans, sans-serif', view: { stroke: '#999999' } },
});
await mkdir(directory, { recursive: true });
await writeFile(`${directory}/loss-against-correlation.svg`, svg);
await writeFile(`${directory}/loss-against-correlation.png`, await renderPng(svg));
