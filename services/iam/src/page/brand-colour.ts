/** sRGB, each part from 0 to 255. */
type Colour = readonly [red: number, green: number, blue: number];

const white: Colour = [255, 255, 255];
// The grounds of the style sheet that letters in the accent stand on, the hardest one of each theme.
const lightGround: Colour = [0xf4, 0xf5, 0xf7];
const darkGround: Colour = [0x22, 0x26, 0x2d];
// WCAG 2.2 asks for 4.5 (success criterion 1.4.3); rounding must not take it away again.
const leastContrast = 4.6;

/** What the operator's colour becomes in each theme: as it is where letters in it can be read, else darker or lighter. */
export interface Accents {
  readonly light: string;
  readonly dark: string;
}

/** Makes the accents of both themes of `#rrggbb`, and keeps their contrast to text and ground at AA of WCAG 2.2. */
export function makeAccents(colour: string): Accents {
  const given = parseColour(colour);
  return {
    light: render(approach(given, [0, 0, 0], (candidate) => contrastOf(candidate, lightGround) >= leastContrast)),
    dark: render(approach(given, white, (candidate) => contrastOf(candidate, darkGround) >= leastContrast)),
  };
}

/** Contrast of two colours (WCAG 2.2), from 1 to 21. */
export function contrast(one: string, other: string): number {
  return contrastOf(parseColour(one), parseColour(other));
}

function approach(from: Colour, to: Colour, isEnough: (candidate: Colour) => boolean): Colour {
  const steps = 20;
  for (let step = 0; step < steps; step += 1) {
    const candidate = from.map((part, index) => part + ((to[index]! - part) * step) / steps) as unknown as Colour;
    if (isEnough(candidate)) return candidate;
  }
  return to;
}

function contrastOf(one: Colour, other: Colour): number {
  const [lighter, darker] = [luminanceOf(one), luminanceOf(other)].sort((left, right) => right - left) as [
    number,
    number,
  ];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parseColour(text: string): Colour {
  return [1, 3, 5].map((start) => Number.parseInt(text.slice(start, start + 2), 16)) as unknown as Colour;
}

function render(colour: Colour): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
