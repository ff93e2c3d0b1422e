import {
  figure1,
  lowestFineTunedValue,
  lowestServedValue,
  regionBoundaries,
  renderPng,
  renderSvg,
} from '@menusmith/app';
import { fineTuningValue, type MenuContract, packageCutoffs } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';
import { closedFormSolution } from '../replication/closed-form-solution.ts';

const scales = Array.from({ length: 11 }, (_, k) => k / 10);
const solution = (contract: MenuContract) => closedFormSolution(1 / 4, 1 / 8, contract);
const boundaries = (contract: MenuContract) => regionBoundaries(solution(contract), scales);
const svg = renderSvg(
  figure1([
    { title: 'Token allocations', boundaries: boundaries('allocations') },
    { title: 'Token packages', boundaries: boundaries('packages') },
  ]),
);

describe('the regions of the unit square', () => {
  it('with allocations begin at w = 1/2 and at ŵ(s), where that is below 1', () => {
    for (const { scale, exclusionValue, fineTuningValue: found } of boundaries('allocations')) {
      if (scale === 0) continue; // a buyer without tasks
      expect(exclusionValue).toBeCloseTo(1 / 2, 4);
      expect(found).toBeCloseTo(Math.min(1, fineTuningValue(scale, 1 / 4, 1 / 8)), 4);
    }
  });

  it('with packages begin where w·s^{1/2} is 1/3 and 2/3', () => {
    const { service, fineTuning } = packageCutoffs(1 / 4, 1 / 8)!;
    for (const { scale, exclusionValue, fineTuningValue: found } of boundaries('packages')) {
      expect(exclusionValue).toBeCloseTo(Math.min(1, service / Math.sqrt(scale)), 4);
      expect(found).toBeCloseTo(Math.min(1, fineTuning / Math.sqrt(scale)), 4);
    }
  });

  it('have a scale added where a boundary reaches the edge', () => {
    const added = boundaries('packages').filter(({ scale }) => !scales.includes(scale));
    expect(added.map(({ scale }) => scale)).toEqual([expect.closeTo(1 / 9, 4), expect.closeTo(4 / 9, 4)]);
  });

  it('are found to the last bits where that is asked for', () => {
    expect(Math.abs(lowestServedValue(solution('packages'), 1, 1e-15) - 1 / 3)).toBeLessThan(1e-15);
    expect(Math.abs(lowestFineTunedValue(solution('allocations'), 1, 1e-15) - 3 / 4)).toBeLessThan(1e-14);
  });

  it('end at 1 where nobody is fine-tuned', () => {
    expect(lowestFineTunedValue(closedFormSolution(1 / 5, 1 / 4, 'allocations'), 1)).toBe(1);
  });
});

describe('figure 1', () => {
  it('names its regions, axes and contracts in the picture itself', async () => {
    for (const text of ['excluded', 'served, no fine-tuning', 'fine-tuned', 'value w', 'scale s']) {
      expect(await svg).toContain(`>${text}</text>`);
    }
    expect(await svg).toContain('>Token allocations</text>');
    expect(await svg).toContain('>Token packages</text>');
    expect(await svg).not.toContain('NaN');
  });

  it('becomes a PNG as wide as asked for, with its text drawn', async () => {
    const drawing = await svg;
    const picture = Buffer.from(await renderPng(drawing, 600));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(600); // IHDR's width
    // Without a font the text would be left out in silence, and taking it away would change nothing.
    const textless = await renderPng(drawing.replaceAll(/<text[\s\S]*?<\/text>/g, ''), 600);
    expect(picture.equals(textless)).toBe(false);
  });
});
