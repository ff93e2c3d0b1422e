/* What is used of Clarabel's WebAssembly, whose glue comes without types, and of the browser in which it is loaded. */

declare module 'clarabel-wasm/clarabel_wasm_bg.js' {
  export const solve: import('./load-clarabel.ts').Clarabel['solve'];
  export function __wbg_set_wasm(exports: unknown): void;
}

declare class URL {
  constructor(file: string, base: string);
}

declare function fetch(url: URL): Promise<{ arrayBuffer(): Promise<ArrayBuffer> }>;

declare namespace WebAssembly {
  function instantiate(
    bytes: ArrayBuffer,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: { __wbindgen_start(): void } } }>;
}

interface ImportMeta {
  readonly url: string;
}
