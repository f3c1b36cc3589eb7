/** What pdfkit keeps of a page, as far as it is used here. */
interface Page {
  content: Content;
  readonly dictionary: { readonly data: { Contents: Content | readonly Content[] } };
}

interface Content {
  end(): void;
}

/**
 * Compresses what the current page holds so far into the file and frees it. What is drawn on the page after that, such as
 * its foot, becomes a second part of its content. The library keeps each stroke of an open page as an object.
 */
export function packPage(pdf: PDFKit.PDFDocument): void {
  // The library can only flush whole pages, and its types do not show what they hold.
  const { page } = pdf as unknown as { readonly page: Page };
  const done = page.content;
  const rest = pdf.ref({}) as unknown as Content;
  done.end();
  page.content = rest;
  page.dictionary.data.Contents = [done, rest];
}
