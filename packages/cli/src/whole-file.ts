import type { FileSystem } from './file-system.ts';

export type Content = string | Uint8Array | Iterable<string>;

/** Writes a new file and waits until the disk has it. */
export const writeWholeFile = async (system: FileSystem, path: string, content: Content): Promise<void> => {
  const file = await system.create(path);
  try {
    const chunks = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for (const chunk of chunks) await file.write(chunk);
    await file.sync();
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
};
