interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}

interface Position {
  readonly xAdvance: number;
  readonly yAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
  readonly advanceWidth: number;
}

interface Layout {
  readonly glyphs: Glyph[];
  readonly positions: Position[];
  readonly advanceWidth: number;
}

/** What pdfkit keeps of an embedded font, as far as it is used here. */
interface EmbeddedFont {
  readonly font: { glyphForCodePoint(codePoint: number): Glyph };
  readonly scale: number;
  layout: (text: string) => Layout;
}

/**
 * Replaces a font's shaping by one glyph for each character, side by side: what Latin, Greek and Cyrillic need apart
 * from kerning. Shaping every number of an invoice takes a hundred times as long, and pdfkit keeps each of them in
 * memory.
 */
export function usePlainLayout(pdf: PDFKit.PDFDocument): void {
  // The library has no option for it, and its types do not show the font.
  const { _font: font } = pdf as unknown as { readonly _font: EmbeddedFont };
  const known = new Map<string, { readonly glyph: Glyph; readonly position: Position }>();
  const find = (character: string) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const glyph = font.font.glyphForCodePoint(character.codePointAt(0)!);
    const advanceWidth = glyph.advanceWidth * font.scale;
    const found = { glyph, position: { xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0, advanceWidth } };
    known.set(character, found);
    return found;
  };
  font.layout = (text) => {
    const glyphs: Glyph[] = [];
    const positions: Position[] = [];
    let advanceWidth = 0;
    for (const character of text.normalize('NFC')) {
      const { glyph, position } = find(character);
      glyphs.push(glyph);
      positions.push(position);
      advanceWidth += position.advanceWidth;
    }
    return { glyphs, positions, advanceWidth };
  };
}
