/** Markup that may be sent. It is made by `html` alone, which escapes every text that goes into it. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type { Html };

export type HtmlPart = Html | string | number | undefined | false | readonly HtmlPart[];

/** Writes markup: texts become text, attributes stand in double quotes, parts that are missing become nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.map((text, index) => text + (index < parts.length ? toText(parts[index]) : '')).join(''));
}

function toText(part: HtmlPart): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(toText).join('');
  return String(part).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
