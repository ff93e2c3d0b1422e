/* The band of a change of profit, from draws of customers beside a study. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrawsDocument, Evaluation } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'drawn-'));
const written = (name: string, content: string | object): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const text = (
  type: string,
  exponent = 0.5,
): string => `production: { use: cobb-douglas, exponents: { tokens: ${exponent} } }
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, type: ${type} }
contract: packages
units: { currency: $, period: month, inputs: { tokens: { unit: tokens, per: 1000000 } } }
`;
const uniform = (max: number) => ({ use: 'uniform', min: 0, max });
const flow = (max: number): string => `{ use: uniform, min: 0, max: ${max} }`;
const study = written('study.yaml', text(flow(2)));
const plan = (name: string, fee: number, price: number) => ({ name, fee, prices: { tokens: price } });
const list = written('list.json', { plans: [plan('list', 0, 0.25)] });
const wide = written('wide.json', { plans: [plan('list', 0, 0.25), plan('business', 3, 0.125)] });
const ends = [1.8, 1.9, 2, 2.1, 2.2];
const document = (more: Partial<DrawsDocument> = {}): DrawsDocument => ({
  fit: {
    production: { use: 'cobb-douglas', exponents: { tokens: 0.5 } },
    buyers: { kind: 'representative', type: uniform(2) },
  },
  seed: 1,
  asked: 5,
  failed: 0,
  optimism: 0.013,
  draws: ends.map((max) => ({ exponents: { tokens: 0.5 }, type: uniform(max) })),
  ...more,
});
const evaluating = ['evaluate', study, '--menu', wide, '--against', list];
const evaluation = async (...words: string[]): Promise<Evaluation> => {
  const { code, stdout, stderr } = await runMain(...evaluating, '--json', ...words);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Evaluation;
};

describe('the band of a change', () => {
  it('is not there without draws, which the page says', async () => {
    const out = join(folder, 'without');
    expect((await evaluation('--out', out)).band).toBeUndefined();
    expect(readFileSync(join(out, 'decision.html'), 'utf8')).toContain('How sure the change is is not known');
  });

  it('is that of the same change in studies with the draws’ demand and buyers', async () => {
    const draws = written('elsewhere.json', document());
    const changes = [];
    for (const max of ends) {
      const own = written('drawn.yaml', text(flow(max)));
      const { stdout } = await runMain('evaluate', own, '--menu', wide, '--against', list, '--json');
      const { change, against } = JSON.parse(stdout) as Evaluation;
      changes.push({ profit: change!.profit, relative: change!.profit / against!.profit });
    }
    const { band } = await evaluation('--draws', draws);
    for (const field of ['profit', 'relative'] as const) {
      const all = changes.map((change) => change[field]);
      expect(band!.low[field]).toBeCloseTo(Math.min(...all), 12);
      expect(band!.high[field]).toBeCloseTo(Math.max(...all), 12);
    }
    expect(band).toMatchObject({ level: 0.9, draws: 5, asked: 5, gains: 1, optimism: 0.013 });
  });

  it('is of draws.json beside the study, in the answer and on the page, with what it covers', async () => {
    written('draws.json', document());
    const out = join(folder, 'with');
    const { code, stdout } = await runMain(...evaluating, '--out', out);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /change of profit is \+0\.\d+ to \+0\.\d+ \(\+[\d.]+ % to \+[\d.]+ %\) in 90 % of 5 draws of customers/,
    );
    const page = readFileSync(join(out, 'decision.html'), 'utf8');
    expect(page).toMatch(
      /With other customers of the same kind the change would lie between \+\$[\d.]+ and \+\$[\d.]+ per buyer, or \+[\d.]+ % to \+[\d.]+ %: so it does in 90 % of 5 samples/,
    );
    expect(page).toContain('This covers the chance of who is in the log. It does not cover');
    expect(page).toContain('by about 1.3 % of today’s profit');
    const json = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')) as Evaluation;
    expect(json.band!.draws).toBe(5);
  });

  it('leaves out draws that have no answer', async () => {
    const [first, ...rest] = document().draws;
    const steep = { ...first!, exponents: { tokens: 1.5 } };
    const { band } = await evaluation(
      '--draws',
      written('steep.json', document({ draws: [steep, ...rest] })),
    );
    expect([band!.draws, band!.asked]).toEqual([4, 5]);
  });

  it('is not there where draws beside the study are of another fit, which a note says', async () => {
    const { band, notes } = await evaluation('--set', 'production.exponents.tokens=0.4');
    expect(band).toBeUndefined();
    expect(notes.join()).toMatch(/The change has no band\. .*draws\.json .* of another fit/);
  });

  it.each([
    ['of another fit', document({ fit: { production: {}, buyers: {} } }), /of another fit than/],
    ['that are none', { draws: [] }, /none\.json:1:2: draws: expected draws|expected draws, as calibrate/],
    [
      'without numbers',
      document({ draws: [{}] as never }),
      /expected exponents and the distribution of types/,
    ],
    ['that are no JSON', 'nothing', /expected draws as calibrate --bootstrap writes them/],
  ])('refuses draws %s with exit code 2', async (_, content, message) => {
    const { code, stdout, stderr } = await runMain(...evaluating, '--draws', written('none.json', content));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('is refused without a menu to be held against', async () => {
    const { code, stderr } = await runMain('evaluate', study, '--menu', wide, '--draws', list);
    expect([code, stderr]).toEqual([2, expect.stringContaining('expected --against beside it')]);
  });
});
