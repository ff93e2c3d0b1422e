import type { compile as compileSpecification, TopLevelSpec } from 'vega-lite';

type Logger = NonNullable<NonNullable<Parameters<typeof compileSpecification>[1]>['logger']>;

/** The picture of a Vega-Lite specification as SVG text. Vega is loaded here and nowhere else. `warn` hears what Vega-Lite finds odd in it. */
export async function renderSvg(
  specification: TopLevelSpec,
  warn: (message: string) => void = () => {},
): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = compile(specification, { logger: listener(warn) });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  try {
    return withOwnNumbers(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Vega numbers clips and gradients through all pictures that a process draws: the same picture would have other bytes each time. */
const withOwnNumbers = (svg: string): string => {
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const known = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, known);
    return known;
  };
  return svg.replace(
    /(\bid="|url\(#)(clip|gradient_)(\d+)/g,
    (_, before: string, kind: string, number: string) => `${before}${kind}${numberOf(kind + number)}`,
  );
};

/** Vega's logger as one function; nothing is written to a console. */
const listener = (warn: (message: string) => void): Logger => {
  const tell = (...words: unknown[]): Logger => {
    warn(words.join(' '));
    return logger;
  };
  const ignore = (): Logger => logger;
  const logger = { level: ignore, error: tell, warn: tell, info: ignore, debug: ignore } as Logger;
  return logger;
};
