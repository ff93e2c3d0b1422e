import type { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { ShownPicture } from './messages.ts';

/** Vega is loaded when the first picture is drawn, after the page and its numbers are there. */
const loadVega = async () => {
  const [vega, { compile }, { expressionInterpreter }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('vega-interpreter'),
  ]);
  return { vega, compile, expressionInterpreter };
};
let vegaLoading: ReturnType<typeof loadVega> | undefined;

/** A picture in the page: built once for a layout, and from then on given new data. */
export class PictureView {
  readonly #container: HTMLElement;
  #view: View | undefined;
  #layout: string | undefined;
  /** The rows drawn, as text. */
  #data = new Map<string, string>();
  #drawing: Promise<void> | undefined;
  #next: ShownPicture | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Draws the picture; while one is being drawn, only the newest that comes is kept. Resolves when none is left. */
  show(picture: ShownPicture): Promise<void> {
    this.#next = picture;
    this.#drawing ??= this.#drawAll().finally(() => {
      this.#drawing = undefined;
    });
    return this.#drawing;
  }

  /** Width and height of the whole picture. */
  size(): { readonly width: number; readonly height: number } | undefined {
    const box = this.#container.querySelector('svg')?.viewBox.baseVal;
    return box && { width: box.width, height: box.height };
  }

  /** Where a point of the axes is in the picture, in its pixels; undefined where the picture has no such axes. */
  place(x: number, y?: number): Place | undefined {
    const across = this.#scale('x');
    if (this.#view === undefined || across === undefined) return undefined;
    const [left, top] = this.#origin();
    const up = y === undefined ? undefined : this.#scale('y');
    const place = { x: left + across(x), top, bottom: top + Number(this.#view.signal('height')) };
    return up === undefined || y === undefined ? place : { ...place, y: top + up(y) };
  }

  /** The point of the axes at a place of the picture; undefined outside of them. */
  pointAt(x: number, y: number): readonly [number, number] | undefined {
    const [across, up] = [this.#scale('x'), this.#scale('y')];
    if (this.#view === undefined || across?.invert === undefined || up?.invert === undefined)
      return undefined;
    const [left, top] = this.#origin();
    const [width, height] = [Number(this.#view.signal('width')), Number(this.#view.signal('height'))];
    if (!(x >= left && x <= left + width && y >= top && y <= top + height)) return undefined;
    return [across.invert(x - left), up.invert(y - top)];
  }

  end(): void {
    this.#next = undefined;
    this.#view?.finalize();
    this.#view = undefined;
  }

  /** The upper left corner of the axes. */
  #origin(): readonly [number, number] {
    const [x, y] = this.#view?.origin() ?? [0, 0];
    const padding = this.#view?.padding();
    return typeof padding === 'object' ? [x + (padding.left ?? 0), y + (padding.top ?? 0)] : [x, y];
  }

  #scale(name: string): Scale | undefined {
    try {
      return this.#view?.scale(name) as Scale | undefined;
    } catch {
      return undefined; // a picture of several panels has scales under other names
    }
  }

  async #drawAll(): Promise<void> {
    while (this.#next !== undefined) {
      const picture = this.#next;
      this.#next = undefined;
      if (this.#view === undefined || this.#layout !== picture.layout) await this.#build(picture);
      else {
        const changed = this.#changed(picture);
        for (const [name, rows] of changed) this.#view.data(name, [...rows]);
        // Axes may need more room than before, or less.
        if (changed.length > 0) await this.#view.resize().runAsync();
      }
    }
  }

  /** The datasets with other rows than are drawn: a cost that moves leaves virtual values where they are. */
  #changed(picture: ShownPicture): readonly (readonly [string, readonly object[]])[] {
    return Object.entries(datasetsOf(picture)).filter(([name, rows]) => {
      const text = JSON.stringify(rows);
      if (this.#data.get(name) === text) return false;
      this.#data.set(name, text);
      return true;
    });
  }

  async #build(picture: ShownPicture): Promise<void> {
    const view = await viewOf(untitled(picture.specification), 'svg');
    this.#view?.finalize();
    this.#container.replaceChildren();
    await view.initialize(this.#container).runAsync();
    // The picture has its name on the container; its marks have none.
    this.#container.querySelector('svg')?.setAttribute('aria-hidden', 'true');
    this.#view = view;
    this.#layout = picture.layout;
    this.#data.clear();
    this.#changed(picture);
  }
}

const viewOf = async (specification: TopLevelSpec, renderer: 'svg' | 'none'): Promise<View> => {
  vegaLoading ??= loadVega();
  const { vega, compile, expressionInterpreter } = await vegaLoading;
  // The ast option and the interpreter make Vega do without eval.
  const runtime = vega.parse(compile(specification).spec, {}, { ast: true });
  const options = { expr: expressionInterpreter, renderer, hover: false, logLevel: vega.Error };
  return new vega.View(runtime, options as ConstructorParameters<typeof View>[1]);
};

/** In the page the title stands over the picture, as a heading. */
const untitled = (specification: TopLevelSpec): TopLevelSpec => {
  const { title: _, ...rest } = specification;
  return rest as TopLevelSpec;
};

/** The picture as a file that stands alone: SVG text, or the address of a PNG at three times its size. */
export const exportPicture = async (picture: ShownPicture, format: 'svg' | 'png'): Promise<string> => {
  const view = await viewOf(picture.specification, 'none');
  try {
    return format === 'svg' ? await view.toSVG() : await view.toImageURL('png', 3);
  } finally {
    view.finalize();
  }
};

/** A place in a picture, and the upper and lower end of its axes there. */
export interface Place {
  readonly x: number;
  readonly y?: number;
  readonly top: number;
  readonly bottom: number;
}

interface Scale {
  (value: number): number;
  invert?(pixel: number): number;
}

const datasetsOf = ({ specification }: ShownPicture): Readonly<Record<string, readonly object[]>> =>
  (specification.datasets ?? {}) as Readonly<Record<string, readonly object[]>>;
