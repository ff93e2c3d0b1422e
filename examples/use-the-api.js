import { menuOf, readStudy, solve, sweep, tiers } from 'menusmith';

const study = await readStudy('examples/example-1-packages.yaml');
const { result, quote } = await solve(study);
console.log(result.status, result.profit.toFixed(6), result.certificate.upperBound.toFixed(6));
console.log('(0.8, 0.5) pays', quote({ value: 0.8, scale: 0.5 }).transfer.toFixed(6));

// The best three bundles, as a menu that `evaluate` takes and `menusmith export` writes for a billing system.
const { menus } = await tiers(study, { count: 3 });
console.log(menuOf(study, menus[0]).plans.map(({ name, fee }) => `${name}: ${fee.toFixed(4)}`));

// A figure's data: profit against the exponent of fine-tuning.
const { rows } = await sweep(study, { vary: { 'production.exponents.fineTuning': [0.1, 0.2, 0.3] } });
console.log(rows.map(({ profit }) => profit.toFixed(6)));
