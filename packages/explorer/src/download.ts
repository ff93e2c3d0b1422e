import { loadMarks, type MadeFrom } from '@menusmith/app/browser';

/** Hands a text to the browser as a file to save. */
export const saveText = (name: string, text: string | Uint8Array<ArrayBuffer>, type: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  saveAddress(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

/** Saves a table or a picture that says by what it was made. */
export const saveMarked = async (
  name: string,
  text: string,
  type: string,
  madeFrom: MadeFrom | undefined,
): Promise<void> => {
  const { markedText, provenanceOf } = await loadMarks();
  saveText(name, madeFrom === undefined ? text : markedText(name, text, provenanceOf(madeFrom)), type);
};

/** The same of a PNG at a data URL. */
export const saveMarkedPng = async (
  name: string,
  address: string,
  madeFrom: MadeFrom | undefined,
): Promise<void> => {
  const { markedPng, provenanceOf } = await loadMarks();
  const png = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (byte) => byte.charCodeAt(0));
  saveText(name, madeFrom === undefined ? png : markedPng(png, provenanceOf(madeFrom)), 'image/png');
};

/** Saves a result with its provenance. */
export const saveResult = async (name: string, result: object, madeFrom: MadeFrom): Promise<void> => {
  const { provenanceOf } = await loadMarks();
  saveText(
    name,
    JSON.stringify({ ...result, provenance: provenanceOf(madeFrom) }, null, 2),
    'application/json',
  );
};

const saveAddress = (name: string, address: string): void => {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
};

/** Saves what has to be made first; where that fails says so, with the file's name. */
export const saveMade = async (name: string, save: (name: string) => Promise<void>): Promise<void> => {
  try {
    await save(name);
  } catch (error) {
    alert(`${name} could not be made: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** A name for files: lower case and hyphens. */
export const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '') || 'study';
