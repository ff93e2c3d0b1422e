/** What the operating system's codes mean for whoever writes. */
const CAUSES: Readonly<Record<string, string>> = {
  EAGAIN: 'no more threads or processes are to be had',
  EACCES: 'no permission to write there',
  EBUSY: 'it is in use',
  EDQUOT: 'the quota of disk space is used up',
  EEXIST: 'something else has this name',
  EFBIG: 'it is larger than files may be there',
  EINVAL: 'the file system does not take this name',
  EIO: 'the device reports an error',
  EISDIR: 'a directory has this name',
  ELOOP: 'symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open on this machine',
  ENOMEM: 'no memory is left',
  ENODEV: 'there is no such device',
  ENOENT: 'the directory is gone, or a symbolic link leads nowhere',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'it is a file, or a part of its path is, where a directory was expected',
  ENOTEMPTY: 'something else has this name',
  ENXIO: 'there is no such device',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
};

/** Of these the path is the cause, and another one would do; of others it is the machine. */
const WRONG_PATHS: ReadonlySet<string> = new Set([
  'EACCES',
  'EEXIST',
  'EINVAL',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
  'EROFS',
]);

/** What a machine may be short of, or its disk fail at, whatever a program does. */
const MACHINE_FAULTS: ReadonlySet<string> = new Set([
  'EAGAIN',
  'EDQUOT',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'ENOSPC',
]);

/** Why something could not be done, in a line, with the operating system's code where it has one: `no space is left on the disk (ENOSPC)`. */
export const systemErrorWords = (error: unknown): string => {
  const code = codeOf(error);
  const cause = CAUSES[code] ?? (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
  return code === '' ? cause : `${cause} (${code})`;
};

/** Whether the machine is at fault, and not the program. */
export const isMachineFault = (error: unknown): boolean => MACHINE_FAULTS.has(codeOf(error));

/** Whether another path is what would help. */
export const isWrongPath = (error: unknown): boolean => WRONG_PATHS.has(codeOf(error));

const codeOf = (error: unknown): string => (error as Partial<NodeJS.ErrnoException> | null)?.code ?? '';
