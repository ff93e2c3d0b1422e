/** What is given to the program: files of a folder of its own, and the arguments, which name them. */
export interface FuzzInput {
  readonly argv: readonly string[];
  /** Texts by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** A plugin is code: it runs in a process of its own, under the supervision that the command has. */
  readonly isCode?: boolean;
}

/** What came of it. */
export interface Outcome {
  /** undefined where the process had to be ended. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What would have been printed, had the command been ended before its end. */
  readonly left?: string;
  /** Files of `--out` that are text, by name. */
  readonly written: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** The most memory that its process has held so far, in MiB. */
  readonly mebibytes: number;
}
