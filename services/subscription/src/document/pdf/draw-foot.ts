import type { DocumentIssuer } from '../document.ts';
import type { DocumentLanguage } from '../texts/texts.ts';
import { ink, type Sheet } from './sheet.ts';

export interface Foot {
  readonly issuer: DocumentIssuer;
  readonly language: DocumentLanguage;
  readonly number: string | null;
  readonly page: number;
  readonly pages: number;
}

const pageWidth = 150;

/** The foot of a page: who issued it, what it is a page of. */
export function drawFoot(sheet: Sheet, { issuer, language, number, page, pages }: Foot): void {
  const { texts, code, locale } = language;
  const digits = new Intl.NumberFormat(locale);
  const style = { size: 7.5, color: ink.faint } as const;
  sheet.rule();
  sheet.y += 6;
  const text = issuer.footer?.[code] ?? issuer.footer?.['en'] ?? '';
  const left = [[issuer.name, issuer.registration].filter(Boolean).join('  ·  '), text].filter(Boolean).join('\n');
  sheet.text(left, { ...style, width: sheet.width - pageWidth - 10 });
  const place = texts.page(digits.format(page), digits.format(pages));
  const right = number === null ? place : `${number}  ·  ${place}`;
  sheet.text(right, { ...style, x: sheet.right - pageWidth, width: pageWidth, align: 'right' });
}
