import { ink, type Sheet } from './sheet.ts';

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
}

export interface Row {
  /** One text for each column. */
  readonly cells: readonly string[];
  readonly kind: 'group' | 'main' | 'note' | 'detail' | 'strong';
}

const gap = 8;
const styles = {
  group: { size: 8.5, bold: true, color: ink.text },
  main: { size: 9, bold: false, color: ink.text },
  strong: { size: 9, bold: true, color: ink.text },
  note: { size: 8, bold: false, color: ink.faint },
  detail: { size: 8, bold: false, color: ink.faint },
} as const;

/** A table over as many pages as it takes, with its header on each of them. */
export class Table {
  readonly #sheet: Sheet;
  readonly #columns: readonly (Column & { readonly x: number })[];

  constructor(sheet: Sheet, columns: readonly Column[]) {
    this.#sheet = sheet;
    let x = sheet.left;
    this.#columns = columns.map((column) => {
      const placed = { ...column, x };
      x += column.width;
      return placed;
    });
    this.#drawHeader();
    sheet.repeat(() => this.#drawHeader());
  }

  /** Draws rows that belong together: a page ends before or between them, never directly after the first. */
  draw(rows: readonly Row[]): void {
    const heights = rows.map((row) => this.#measure(row));
    const least = heights.slice(0, 3).reduce((sum, height) => sum + height, 0);
    this.#sheet.ensure(least);
    for (const [index, row] of rows.entries()) {
      this.#sheet.ensure(heights[index]!);
      this.#drawRow(row, heights[index]!);
    }
  }

  /** Ends the table: following pages have no header of it. */
  end(): void {
    this.#sheet.repeat(undefined);
    this.#sheet.rule();
  }

  #drawRow(row: Row, height: number): void {
    const sheet = this.#sheet;
    const isLine = row.kind === 'main' || row.kind === 'strong';
    if (isLine) sheet.rule();
    const top = sheet.y;
    sheet.y = top + (isLine ? 5 : row.kind === 'group' ? 10 : 0);
    for (const [index, column] of this.#columns.entries()) {
      const text = row.cells[index] ?? '';
      sheet.text(text, { ...styles[row.kind], x: column.x, width: this.#widthOf(row, index), align: column.align });
    }
    sheet.y = top + height;
  }

  #measure(row: Row): number {
    const heights = row.cells.map((text, index) =>
      this.#sheet.measure(text, { ...styles[row.kind], width: this.#widthOf(row, index) }),
    );
    const padding = { main: 7, strong: 10, group: 14, note: 2, detail: 2 }[row.kind];
    return Math.max(...heights) + padding;
  }

  #widthOf({ kind }: Row, index: number): number {
    if (kind === 'group') return this.#sheet.width;
    return this.#columns[index]!.width - (index === 0 ? gap : 0);
  }

  #drawHeader(): void {
    const sheet = this.#sheet;
    const style = { size: 8, bold: true, color: ink.faint } as const;
    const height = Math.max(...this.#columns.map(({ title, width }) => sheet.measure(title, { ...style, width })));
    sheet.band({ height: height + 8 });
    sheet.y += 4;
    for (const [index, { title, x, width, align }] of this.#columns.entries()) {
      const isFirst = index === 0;
      sheet.text(title, {
        ...style,
        x: isFirst ? x + 4 : x,
        width: align === 'right' ? width - (index === this.#columns.length - 1 ? 4 : 0) : width,
        align,
      });
    }
    sheet.y += height + 4;
  }
}
