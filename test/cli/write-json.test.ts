import { describe, expect, it } from 'vitest';
import { writeJson } from '../../packages/cli/src/write-json.ts';

const value = Array.from({ length: 50_000 }, (_, k) => Math.sqrt(k));

describe('writing JSON', () => {
  it('waits for drain whenever the stream is full, so that one chunk is under way at a time', async () => {
    const written: string[] = [];
    let isFull = false;
    let waits = 0;
    await writeJson(
      {
        write: (text) => {
          expect(isFull).toBe(false);
          isFull = true;
          written.push(text);
          return false;
        },
        once: (event, listener) => {
          expect(event).toBe('drain');
          waits++;
          setImmediate(() => {
            isFull = false;
            listener();
          });
        },
      },
      value,
    );
    expect(waits).toBe(written.length);
    expect(waits).toBeGreaterThan(5);
    expect(JSON.parse(written.join(''))).toEqual(value);
  });

  it.each([[true], [undefined], [1], [false]])(
    'goes on where write gives %s and there is nothing to wait for',
    async (answer) => {
      let written = '';
      const write = (text: string): unknown => {
        written += text;
        return answer;
      };
      await writeJson({ write }, value);
      expect(JSON.parse(written)).toEqual(value);
    },
  );
});
