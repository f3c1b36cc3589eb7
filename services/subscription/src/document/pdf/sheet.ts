import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { packPage } from './pack-page.ts';
import { usePlainLayout } from './plain-layout.ts';

export interface TextStyle {
  readonly x?: number;
  readonly width?: number;
  readonly size?: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly align?: 'left' | 'right';
}

export interface SheetOptions {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** The only time in the file, so that the same document has the same bytes. */
  readonly createdAt: Date;
  readonly paper: 'A4' | 'LETTER';
  /** Printed across every page. */
  readonly mark: string | null;
}

export const ink = { text: '#111827', faint: '#6b7280', rule: '#d1d5db', band: '#f3f4f6' } as const;

const side = 48;
const top = 40;
const footHeight = 56;

const { resolve } = createRequire(import.meta.url);
const fontFiles = {
  regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
} as const;
let fonts: Record<keyof typeof fontFiles, Buffer> | undefined;

function loadFonts(): Record<keyof typeof fontFiles, Buffer> {
  fonts ??= { regular: readFileSync(resolve(fontFiles.regular)), bold: readFileSync(resolve(fontFiles.bold)) };
  return fonts;
}

/** Pages that are filled from top to bottom. What does not fit begins a new page, below the header that is set then. */
export class Sheet {
  readonly left = side;
  readonly right: number;
  readonly width: number;
  y = top;
  readonly #pdf: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #ended: Promise<void>;
  readonly #mark: string | null;
  #header: (() => void) | undefined;

  constructor({ title, language, createdAt, paper, mark }: SheetOptions) {
    const { regular, bold } = loadFonts();
    this.#pdf = new PDFDocument({
      size: paper,
      // The sheet breaks pages itself; below a margin of pdfkit's own, a footer would begin another page.
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: language,
      displayTitle: true,
      // No font of the library's own; its types do not know that this may be said.
      font: null as unknown as string,
      // The library writes the title into XML as it is.
      info: { Title: title.replaceAll(/[<>&]/g, ' '), Creator: 'Plinth', Producer: 'Plinth', CreationDate: createdAt },
    });
    for (const [name, source] of Object.entries({ regular, bold })) {
      this.#pdf.registerFont(name, source).font(name);
      usePlainLayout(this.#pdf);
    }
    this.#pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#ended = new Promise((ended, failed) => this.#pdf.once('end', ended).once('error', failed));
    this.right = this.#pdf.page.width - side;
    this.width = this.right - this.left;
    this.#mark = mark;
    this.#drawMark();
  }

  get bottom(): number {
    return this.#pdf.page.height - footHeight;
  }

  /** Draws text at the cursor without moving it; gives its height. Wraps where it has a width. */
  text(
    text: string,
    { x = this.left, width, size = 9, bold = false, color = ink.text, align = 'left' }: TextStyle = {},
  ): number {
    if (text === '') return 0;
    this.#pdf
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(color);
    const options = { width: width ?? this.right - x, align, lineGap: size * 0.08 } as const;
    this.#pdf.text(text, x, this.y, options);
    return this.#pdf.y - this.y;
  }

  /** Draws text and moves the cursor below it. */
  line(text: string, style: TextStyle = {}): void {
    this.y += this.text(text, style);
  }

  measure(text: string, { width, size = 9, bold = false }: TextStyle = {}): number {
    if (text === '') return 0;
    this.#pdf.font(bold ? 'bold' : 'regular').fontSize(size);
    return this.#pdf.heightOfString(text, { width: width ?? this.width, lineGap: size * 0.08 });
  }

  rule(color: string = ink.rule): void {
    this.#pdf.moveTo(this.left, this.y).lineTo(this.right, this.y).lineWidth(0.6).strokeColor(color).stroke();
  }

  /** Fills a rectangle from the cursor on. */
  band({
    x = this.left,
    width = this.width,
    height,
    color = ink.band,
  }: {
    x?: number;
    width?: number;
    height: number;
    color?: string;
  }): void {
    this.#pdf.rect(x, this.y, width, height).fillColor(color).fill();
  }

  /** Draws what is printed at the top of each following page, such as a table's header; undefined: nothing. */
  repeat(header: (() => void) | undefined): void {
    this.#header = header;
  }

  /** Begins a new page unless there is so much room. */
  ensure(height: number): void {
    if (this.y + height <= this.bottom) return;
    packPage(this.#pdf);
    this.#pdf.addPage();
    this.y = top;
    this.#drawMark();
    this.#header?.();
  }

  /** Draws the foot of each page and gives the file. Nothing can be drawn after it. */
  async finish(drawFoot: (page: number, pages: number) => void): Promise<Buffer> {
    const { count } = this.#pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#pdf.switchToPage(page);
      this.y = this.bottom + 10;
      drawFoot(page + 1, count);
    }
    this.#pdf.end();
    await this.#ended;
    return Buffer.concat(this.#chunks);
  }

  #drawMark(): void {
    if (this.#mark === null) return;
    const { width, height } = this.#pdf.page;
    this.#pdf.save().rotate(-45, { origin: [width / 2, height / 2] });
    this.#pdf.font('bold').fontSize(110).fillColor(ink.faint, 0.12);
    this.#pdf.text(this.#mark.toUpperCase(), 0, height / 2 - 70, { width, align: 'center', lineBreak: false });
    this.#pdf.restore().fillOpacity(1);
  }
}
