import type { Picture } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { writePictures } from '../../packages/cli/src/write-pictures.ts';
import { recordedOutput, runMain } from './run-main.ts';

const specification = {
  data: { values: [{ x: 1 }] },
  mark: 'point',
  encoding: { x: { field: 'x', type: 'quantitative' } },
} as Picture['specification'];
const sound = (name: string) => ({ name, specification });
/** Vega-Lite knows no such mark. */
const broken = (name: string) => ({
  name,
  specification: { ...specification, mark: 'no such mark' } as never,
});

const written = async (pictures: readonly ReturnType<typeof sound>[], isStopped?: () => boolean) => {
  const files: string[] = [];
  const output = recordedOutput();
  const { code, undrawn } = await writePictures(
    async (name) => void files.push(name),
    () => pictures,
    output.stderr,
    isStopped,
  );
  return { code, files, undrawn: undrawn.map(({ name }) => name), stderr: output.written().stderr };
};

describe('writing pictures', () => {
  it('leaves out one that cannot be drawn, says which and why, and goes on', async () => {
    const { stderr, ...rest } = await written([sound('one'), broken('two'), sound('three'), broken('four')]);
    expect(rest).toEqual({
      code: 1,
      files: ['one.svg', 'one.png', 'one.pdf', 'three.svg', 'three.png', 'three.pdf'],
      undrawn: ['two', 'four'],
    });
    expect(stderr).toMatch(/^cannot draw two\.svg, four\.svg: [^\n]+\n$/);
  });

  it('ends after the picture during which it is stopped', async () => {
    let asked = 0;
    expect(await written(['one', 'two', 'three'].map(sound), () => ++asked > 1)).toEqual({
      code: 3,
      files: ['one.svg', 'one.png', 'one.pdf'],
      undrawn: ['two', 'three'],
      stderr: 'stopped before these pictures were drawn: two, three\n',
    });
  });

  it('says so where there are none because making them failed', async () => {
    const output = recordedOutput();
    const picturing = () => {
      throw new Error('no curves');
    };
    const write = () => Promise.reject(new Error('nothing is to be written'));
    expect(await writePictures(write, picturing, output.stderr)).toEqual({
      pictures: [],
      undrawn: [],
      code: 1,
    });
    expect(output.written().stderr).toBe('cannot draw the pictures: no curves\n');
  });

  it('passes on that a file cannot be written', async () => {
    const refused = new Error('refused');
    const write = () => Promise.reject(refused);
    await expect(writePictures(write, () => [sound('one')], recordedOutput().stderr)).rejects.toBe(refused);
  });

  it.each([
    ['solve', '--width', '85mm'],
    ['solve', '--digits', '3'],
    ['solve', '--tiers', '2'],
    ['solve', '--title', 'none'],
    ['sweep', '--font-size', '8pt'],
  ])('says that %s %s does nothing where no file is written', async (command, option, value) => {
    const varied = command === 'sweep' ? ['--vary', 'buyers.type.max=1,2'] : [];
    const run = await runMain(command, 'examples/mussa-rosen.yaml', option, value, ...varied);
    expect([run.code, run.stderr]).toEqual([
      0,
      `${option} does nothing without --out DIR: it is of files that are written\n`,
    ]);
  });
});
