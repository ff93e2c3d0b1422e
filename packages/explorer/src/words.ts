/** A name of the program in words: fineTuning is 'fine tuning', truncated-normal is 'truncated normal'. */
export const words = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
