/** What of Clarabel's WebAssembly is used: minimise ½ x'Px + q'x subject to Ax + s = b, s in a product of cones; columns compressed. */
export interface Clarabel {
  solve(
    curvatureStarts: Uint32Array,
    curvatureRows: Uint32Array,
    curvature: Float64Array,
    objective: Float64Array,
    starts: Uint32Array,
    rows: Uint32Array,
    values: Float64Array,
    bounds: Float64Array,
    columns: number,
    constraints: number,
    cones: string,
    settings: string,
  ): ConicSolution;
}

/** Without x and z where Clarabel gave up. */
interface ConicSolution {
  readonly status: string;
  readonly x?: readonly number[];
  readonly z?: readonly number[];
  readonly iterations: number;
}

let loading: Promise<Clarabel> | undefined;

/** The module that comes with cvxjs, without cvxjs around it, which is slow to write programs down and answers with promises only. */
export const loadClarabel = (): Promise<Clarabel> => {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  loading ??= process?.versions?.node === undefined ? inBrowser() : import('clarabel-wasm-nodejs');
  return loading;
};

/** Links module and WebAssembly by hand: bundlers do not import the one into the other unasked. */
const inBrowser = async (): Promise<Clarabel> => {
  const glue = await import('clarabel-wasm/clarabel_wasm_bg.js');
  const file = await fetch(new URL('clarabel-wasm/clarabel_wasm_bg.wasm', import.meta.url));
  const { instance } = await WebAssembly.instantiate(await file.arrayBuffer(), {
    './clarabel_wasm_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
};
