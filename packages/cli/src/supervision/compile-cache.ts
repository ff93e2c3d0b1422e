import module from 'node:module';

/**
 * Keeps what Node compiles for the next call, in its folder among the temporary files: a third of the time of a short command. Node 22.8 or newer; an older one goes on without.
 * A thread does not take this from the one that started it, so each calls it before it loads anything large.
 */
export const keepCompiledCode = (): void => {
  (module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
};
