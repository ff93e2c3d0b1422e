/** A sentence's beginning made of words that stand inside sentences. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
