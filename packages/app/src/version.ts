/** Of the program, which all its packages share. */
export const version = '0.1.0';
