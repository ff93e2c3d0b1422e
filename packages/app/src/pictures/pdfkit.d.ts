/* As much of these packages as pictures use; they bring no types. */
declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: {
      readonly size: readonly [number, number];
      readonly margin: number;
      readonly font: null;
      readonly info: Readonly<Record<string, string | Date>>;
    });
    registerFont(name: string, file: string): void;
    on(event: 'data', listener: (piece: Uint8Array) => void): void;
    on(event: 'end', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    end(): void;
  }
}

declare module 'svg-to-pdfkit' {
  export default function drawSvg(
    document: import('pdfkit').default,
    svg: string,
    x: number,
    y: number,
    options: {
      readonly width: number;
      readonly height: number;
      readonly preserveAspectRatio: string;
      readonly fontCallback: (family: string, isBold: boolean) => string;
      readonly warningCallback: (message: string) => void;
    },
  ): void;
}

declare module 'fontkit' {
  export interface Font {
    readonly familyName: string;
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  export const create: (bytes: Uint8Array) => Font;
}
