/** A document with the call that it is the body of; `file` is its name. */
export interface ApiCall {
  readonly file: string;
  readonly method: 'POST';
  readonly path: string;
  readonly body: object;
}

/** As a system has it: the documents, in the order in which they are sent, and what a reader must know. */
export interface Exported {
  readonly calls: readonly ApiCall[];
  readonly notes: readonly string[];
}
