/** Hands a text to the browser as a file to save. */
export const saveText = (name: string, text: string, type: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  saveAddress(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

export const saveAddress = (name: string, address: string): void => {
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
