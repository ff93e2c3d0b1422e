import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runMain } from './run-main.ts';

const plugin = ['--plugin', 'examples/plugins/saturating-quality.js'];

describe('menusmith schema', () => {
  it.each([
    ['schemas/study.schema.json', ['study']],
    ['schemas/result.schema.json', ['result']],
    ['schemas/menu.schema.json', ['menu']],
    ['examples/plugins/saturating-quality.schema.json', ['study', ...plugin]],
  ])('prints %s, which `npm run schemas` writes', async (file, argv) => {
    const { code, stdout, stderr } = await runMain('schema', ...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  });

  it('of another file is exit code 2, with the names that there are', async () => {
    const { code, stderr, stdout } = await runMain('schema', 'sheet');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('study, result, menu');
  });
});

const examples = readdirSync('examples').filter((name) => name.endsWith('.yaml'));

it.each(examples)('%s names a schema for editors, and fits it', (name) => {
  const text = readFileSync(join('examples', name), 'utf8');
  const [, path] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text)!;
  const schema = JSON.parse(readFileSync(join('examples', path!), 'utf8')) as object;
  const validate = new Ajv().compile(schema);
  validate(parse(text));
  expect(validate.errors).toBeNull();
});
